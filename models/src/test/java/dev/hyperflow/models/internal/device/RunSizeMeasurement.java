package dev.hyperflow.models.internal.device;

import com.sun.management.ThreadMXBean;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Fixtures;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Measures what larger runs can save on the processor: the calling thread's processor time and heap
 * allocation per item, which say the same on a busy machine as on a quiet one. Not a test; see ADR
 * 5.
 *
 * <pre>{@code
 * ./mvnw -pl models test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=dev.hyperflow.models.internal.device.RunSizeMeasurement
 * }</pre>
 */
final class RunSizeMeasurement {

  private static final int[] SIZES = {1, 4, 16, 64};
  private static final int ROUNDS = 5;
  private static final int ITEMS = 64;

  private RunSizeMeasurement() {}

  public static void main(String[] args) {
    Random random = new Random(5);
    List<SupportSet> tasks = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      tasks.add(Fixtures.supportSet(random, 384, 20, 100));
      texts.add("where is my card number " + i % 10);
    }
    try (Bundle bundle =
        Bundle.load("classpath:bundles/minilm-analytic-v0", BundleOptions.defaults())) {
      HeadIntegrator integrator = bundle.integrator();
      Encoder encoder = bundle.encoder().orElseThrow();
      double[][][] measured = new double[2][SIZES.length][ROUNDS];
      long[][] bytes = new long[2][SIZES.length];
      for (int round = -1; round < ROUNDS; round++) { // one to warm up
        for (int s = 0; s < SIZES.length; s++) {
          int size = SIZES[s];
          long[] integrate =
              cost(size, from -> integrator.integrate(tasks.subList(from, from + size)));
          long[] encode = cost(size, from -> encoder.encode(texts.subList(from, from + size)));
          measured[0][s][Math.max(round, 0)] = integrate[0] / 1e6 / ITEMS;
          measured[1][s][Math.max(round, 0)] = encode[0] / 1e6 / ITEMS;
          bytes[0][s] = integrate[1] / ITEMS;
          bytes[1][s] = encode[1] / ITEMS;
        }
      }
      for (int model = 0; model < 2; model++) {
        for (int s = 0; s < SIZES.length; s++) {
          double[] sorted = measured[model][s].clone();
          Arrays.sort(sorted);
          System.out.printf(
              Locale.ROOT,
              "%s, runs of %d: %.2f ms of processor and %d bytes of heap per item%n",
              model == 0 ? "integrator" : "encoder",
              SIZES[s],
              sorted[ROUNDS / 2],
              bytes[model][s]);
        }
      }
    }
  }

  /** Processor nanoseconds and bytes allocated for all items in calls of one size. */
  private static long[] cost(int size, IntConsumer call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long nanos = threads.getThreadCpuTime(thread);
    long bytes = threads.getThreadAllocatedBytes(thread);
    for (int from = 0; from < ITEMS; from += size) {
      call.accept(from);
    }
    return new long[] {
      threads.getThreadCpuTime(thread) - nanos, threads.getThreadAllocatedBytes(thread) - bytes
    };
  }
}
