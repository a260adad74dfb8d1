package dev.hyperflow.models.device;

import dev.hyperflow.models.Bundle;
import dev.hyperflow.models.BundleOptions;
import dev.hyperflow.models.Device;
import dev.hyperflow.models.DevicePolicy;
import dev.hyperflow.models.Encoder;
import dev.hyperflow.models.Fixtures;
import dev.hyperflow.models.HeadIntegrator;
import dev.hyperflow.models.SupportSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures both knobs of merging on the processor: throughput and latency, against direct calls in
 * the same run. Not a test; the figures of ADR 5 come from
 *
 * <pre>{@code
 * ./mvnw -pl models test-compile exec:java -Dexec.classpathScope=test \
 *     -Dexec.mainClass=dev.hyperflow.models.device.MergingMeasurement -Dexec.args="3 700"
 * }</pre>
 *
 * <p>Arguments: rounds, and milliseconds per cell and round. Every round visits all cells, so that
 * a change in the machine's load meets all of them; a figure is the median over the rounds.
 */
final class MergingMeasurement {

  private static final int[] CALLERS = {2, 4};
  private static final int[] LARGEST = {1, 4, 16, 64};
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
    List<SupportSet> tasks = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < REQUEST; i++) {
      tasks.add(Fixtures.supportSet(random, 384, 20, 100));
      texts.add(List.of("where is my card", "my refund is late", "top up failed", "hi").get(i));
    }
    try (Bundle bundle = Bundle.load("classpath:bundles/minilm-analytic-v0", options())) {
      HeadIntegrator integrator = bundle.integrator();
      Encoder encoder = bundle.encoder().orElseThrow();
      for (int round = -1; round < rounds; round++) { // one to warm up
        for (int callers : CALLERS) {
          cell(round, "integrator", callers, "direct", () -> integrator.integrate(tasks));
          cell(round, "encoder", callers, "direct", () -> encoder.encode(texts));
          for (int largest : LARGEST) {
            for (int wait : WAITS) {
              String knobs = "%2d items, %4d us".formatted(largest, wait);
              DeviceModels models = new DeviceModels(Device.cpu(), policy(largest, wait));
              HeadIntegrator merging = models.integrator(() -> integrator, () -> integrator);
              Encoder merged = models.encoder(() -> encoder, () -> encoder);
              cell(round, "integrator", callers, knobs, () -> merging.integrate(tasks));
              cell(round, "encoder", callers, knobs, () -> merged.encode(texts));
            }
          }
        }
      }
    }
    print();
  }

  private static BundleOptions options() {
    return BundleOptions.defaults();
  }

  private static DevicePolicy policy(int largest, int wait) {
    return DevicePolicy.defaults()
        .withMerge(DevicePolicy.Merge.ON)
        .withLargestBatch(largest)
        .withLongestWaitMicros(wait);
  }

  /** Lets callers call as fast as they can for a while; keeps items/s and the median latency. */
  private void cell(int round, String model, int callers, String knobs, Runnable call)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long start = System.nanoTime();
      List<Future<List<Long>>> running = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        running.add(threads.submit(() -> latencies(start, call)));
      }
      List<Long> latencies = new ArrayList<>();
      for (Future<List<Long>> caller : running) {
        latencies.addAll(caller.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      double[] sorted = latencies.stream().mapToDouble(n -> n / 1e6).sorted().toArray();
      if (round >= 0) {
        cells
            .computeIfAbsent(
                "%s, %d callers, %s".formatted(model, callers, knobs), k -> new ArrayList<>())
            .add(new double[] {REQUEST * sorted.length / seconds, sorted[sorted.length / 2]});
      }
    } finally {
      threads.shutdown();
    }
  }

  private List<Long> latencies(long start, Runnable call) {
    List<Long> latencies = new ArrayList<>();
    for (long before = System.nanoTime(); before - start < nanos; before = System.nanoTime()) {
      call.run();
      latencies.add(System.nanoTime() - before);
    }
    return latencies;
  }

  private void print() {
    cells.forEach(
        (cell, measured) -> {
          double[] direct = median(cells.get(cell.replaceAll("callers, .*", "callers, direct")));
          double[] own = median(measured);
          System.out.printf(
              Locale.ROOT,
              "%s | %.0f/s | %.2f ms | throughput x%.2f | latency x%.2f%n",
              cell,
              own[0],
              own[1],
              own[0] / direct[0],
              own[1] / direct[1]);
        });
  }

  private static double[] median(List<double[]> measured) {
    double[] result = new double[2];
    for (int i = 0; i < result.length; i++) {
      int column = i;
      double[] sorted = measured.stream().mapToDouble(m -> m[column]).sorted().toArray();
      result[i] = sorted[sorted.length / 2];
    }
    return result;
  }
}
