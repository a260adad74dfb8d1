package dev.hyperflow.benchmarks.scenario;

import com.sun.management.OperatingSystemMXBean;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The bundle's encoder in this process, without Kafka. For use by one thread. */
final class EncoderAlone implements AutoCloseable {
  private final Bundle bundle;
  private final Encoder encoder;
  private final ExecutorService threads;
  private final int threadCount;

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
    this.threadCount = settings.threads();
    this.threads = Executors.newFixedThreadPool(threadCount);
  }

  /** Encodes all texts; each thread takes the next list of this size until none is left. */
  Run run(List<String> texts, int listSize) {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> work =
        () -> {
          for (int from = next.getAndAdd(listSize);
              from < texts.size();
              from = next.getAndAdd(listSize)) {
            encoder.encode(texts.subList(from, Math.min(texts.size(), from + listSize)));
          }
          return null;
        };
    long cpu = cpuNanos();
    long start = System.nanoTime();
    List<Future<Void>> running = new ArrayList<>();
    for (int i = 0; i < threadCount; i++) {
      running.add(threads.submit(work));
    }
    running.forEach(EncoderAlone::await);
    long nanos = System.nanoTime() - start;
    return new Run(texts.size(), nanos, Duration.ofNanos(cpuNanos() - cpu), Duration.ZERO);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void await(Future<Void> running) {
    try {
      running.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the encoder failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while encoding", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    bundle.close();
  }
}
