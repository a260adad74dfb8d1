package dev.hyperflow.models.internal.device;

import com.sun.management.OperatingSystemMXBean;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DevicePolicy;
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
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures both knobs of merging on the processor against direct calls. Not a test; the figures of
 * ADR 5 come from
 *
 * <pre>{@code
 * ./mvnw -pl models test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=dev.hyperflow.models.internal.device.MergingMeasurement -Dexec.args="5 250"
 * }</pre>
 *
 * <p>Arguments: rounds, and milliseconds per measurement. Every measurement of merged calls has one
 * of direct calls right before it, and what is printed are medians of the ratios of such pairs over
 * the rounds: the machine's load changes slowly, if at all, against a pair. Pairs of direct with
 * direct calls show what is left of the noise.
 */
final class MergingMeasurement {

  private static final int[] CALLERS = {2, 4};
  private static final int[] LARGEST = {1, 8, 64};
  private static final int[] WAITS = {0, 200, 1000, 5000};
  private static final int REQUEST = 4;

  private final int rounds;
  private final long nanos;
  private final Map<String, List<double[]>> cells = new TreeMap<>();

  private MergingMeasurement(int rounds, int millis) {
    this.rounds = rounds;
    this.nanos = millis * 1_000_000L;
  }

  public static void main(String[] args) throws Exception {
    new MergingMeasurement(Integer.parseInt(args[0]), Integer.parseInt(args[1])).run();
  }

  private void run() throws Exception {
    Random random = new Random(5);
    List<String> texts = List.of("where is my card", "my refund is late", "top up failed", "hi");
    List<SupportSet> tasks = new ArrayList<>();
    for (int i = 0; i < REQUEST; i++) {
      tasks.add(Fixtures.supportSet(random, 384, 20, 100));
    }
    try (Bundle bundle =
        Bundle.load("classpath:bundles/minilm-analytic-v0", BundleOptions.defaults())) {
      HeadIntegrator integrator = bundle.integrator();
      Encoder encoder = bundle.encoder().orElseThrow();
      Runnable integrate = () -> integrator.integrate(tasks);
      Runnable encode = () -> encoder.encode(texts);
      for (int round = -1; round < rounds; round++) { // one to warm up
        for (int callers : CALLERS) {
          pair(
              round,
              "integrator, %d callers, direct".formatted(callers),
              callers,
              integrate,
              integrate);
          pair(round, "encoder, %d callers, direct".formatted(callers), callers, encode, encode);
          for (int largest : LARGEST) {
            for (int wait : WAITS) {
              String knobs = "%d callers, %2d items, %4d us".formatted(callers, largest, wait);
              DeviceModels models =
                  new DeviceModels(
                      Device.cpu(),
                      List.of("cpu"),
                      BundleOptions.defaults().withPolicy(policy(largest, wait)));
              HeadIntegrator integrating =
                  models.integrator(List.of(() -> integrator), () -> integrator);
              Encoder encoding = models.encoder(List.of(() -> encoder), () -> encoder);
              pair(
                  round,
                  "integrator, " + knobs,
                  callers,
                  integrate,
                  () -> integrating.integrate(tasks));
              pair(round, "encoder, " + knobs, callers, encode, () -> encoding.encode(texts));
            }
          }
        }
      }
    }
    print();
  }

  private static DevicePolicy policy(int largest, int wait) {
    return new DevicePolicy(DevicePolicy.Merge.ON, largest, wait, 3, 0);
  }

  private void pair(int round, String cell, int callers, Runnable direct, Runnable merged)
      throws Exception {
    double[] before = measure(callers, direct);
    double[] after = measure(callers, merged);
    if (round >= 0) {
      double[] row = new double[2 * after.length];
      for (int i = 0; i < after.length; i++) {
        row[i] = after[i];
        row[after.length + i] = after[i] / before[i];
      }
      cells.computeIfAbsent(cell, name -> new ArrayList<>()).add(row);
    }
  }

  /** Items per second, median latency in ms, and processor ms per item. */
  private double[] measure(int callers, Runnable call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long processor = processorNanos();
      long start = System.nanoTime();
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        running.add(threads.submit(() -> latencies(start, call)));
      }
      List<Long> all = new ArrayList<>();
      for (Future<List<Long>> caller : running) {
        all.addAll(caller.get());
      }
      double items = (double) REQUEST * all.size();
      double seconds = (System.nanoTime() - start) / 1e9;
      double millis = median(all.stream().mapToDouble(latency -> latency / 1e6).toArray());
      return new double[] {items / seconds, millis, (processorNanos() - processor) / 1e6 / items};
    } finally {
      threads.shutdown();
    }
  }

  private List<Long> latencies(long start, Runnable call) {
    List<Long> latencies = new ArrayList<>();
    long before = System.nanoTime();
    do {
      call.run();
      long after = System.nanoTime();
      latencies.add(after - before);
      before = after;
    } while (before - start < nanos);
    return latencies;
  }

  private static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void print() {
    System.out.println("cell | items/s | latency ms | processor ms/item | ratios of the three");
    cells.forEach(
        (cell, rows) -> {
          double[] medians = new double[rows.get(0).length];
          for (int i = 0; i < medians.length; i++) {
            int column = i;
            medians[i] = median(rows.stream().mapToDouble(row -> row[column]).toArray());
          }
          System.out.printf(
              Locale.ROOT,
              "%-42s | %4.0f | %6.1f | %5.2f | %.2f | %.2f | %.2f%n",
              cell,
              medians[0],
              medians[1],
              medians[2],
              medians[3],
              medians[4],
              medians[5]);
        });
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
