package dev.hyperflow.benchmarks.scenario;

import com.sun.management.OperatingSystemMXBean;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The bundle's encoder in this process, without Kafka. For use by one thread. */
final class EncoderAlone implements AutoCloseable {
  private final Bundle bundle;
  private final Encoder encoder;
  private final int threads;

  EncoderAlone(BenchSettings.ApplicationSettings settings) {
    this.bundle =
        Bundle.load(
            settings.settings().getOrDefault("bundle", ShippedBundles.ANALYTIC),
            BundleOptions.defaults().withWarmUp(false));
    this.encoder =
        bundle
            .encoder()
            .orElseThrow(
                () -> new IllegalArgumentException("bundle: expected one with an encoder"));
    this.threads = settings.threads();
  }

  /** Encodes all texts; each thread takes the next list of this size until none is left. */
  Repetition run(List<String> texts, int listSize) {
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int from = next.getAndAdd(listSize);
              from < texts.size();
              from = next.getAndAdd(listSize)) {
            encoder.encode(texts.subList(from, Math.min(texts.size(), from + listSize)));
          }
        };
    long cpu = cpuNanos();
    long nanos = Workers.run(threads, work);
    return new Repetition(texts.size(), nanos, Duration.ofNanos(cpuNanos() - cpu), Duration.ZERO);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Override
  public void close() {
    bundle.close();
  }
}
