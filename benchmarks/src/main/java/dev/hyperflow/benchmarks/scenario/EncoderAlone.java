package dev.hyperflow.benchmarks.scenario;

import com.sun.management.OperatingSystemMXBean;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The encoder of a bundle in this process, without Kafka. */
final class EncoderAlone implements TimedEncoder {
  private final Bundle bundle;
  private final Encoder encoder;
  private final int threads;
  private final List<String> texts;

  EncoderAlone(String location, int threads, List<String> texts) {
    this.bundle = Bundle.load(location, BundleOptions.defaults().withWarmUp(false));
    this.encoder =
        bundle
            .encoder()
            .orElseThrow(
                () -> new IllegalArgumentException("bundle: expected one with an encoder"));
    this.threads = threads;
    this.texts = texts;
  }

  /** Each thread takes the next list until none is left. */
  @Override
  public Repetition run(int listSize) {
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
