package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.benchmarks.report.Spread;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.peers.LogisticRegression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Heads of a bundle beside logistic regression, in turn on the same examples: one thread, no Kafka.
 * For use by one thread.
 */
final class HeadsScenario {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(20, 100, 1),
          new Shape(20, 100, 16),
          new Shape(10, 1_024, 1),
          new Shape(100, 1_024, 1),
          new Shape(10, 4_096, 1));

  private static final List<String> HEADER =
      List.of(
          "labels × examples, heads a call",
          "ms a head, median (min … max)",
          "LR, ms a head",
          "GFLOP a head",
          "MB a head",
          "GFLOP/s",
          "share of the limit");

  private static final List<Double> REGULARISATIONS = List.of(1.0, 10.0);
  private static final long SEED = 23;

  /** An example is the centre of its label and so much of a random direction. */
  private static final float NOISE = 1.5f;

  /** A call is repeated for so long, as a single one is too short to time. */
  private static final long MIN_NANOS = 200_000_000;

  /** Vectors that are centres of labels come before those that are noise. */
  private static final int CENTRES = 200;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;
  private static final double PERCENT = 100;

  private record Shape(int labels, int examples, int batch) {
    @Override
    public String toString() {
      return "%,d × %,d, %d".formatted(labels, examples, batch);
    }
  }

  /** The same examples for both. */
  private final class Task {
    private final float[][] x;
    private final int[] y;
    private final SupportSet support;

    Task(Shape shape, int number) {
      this.x = new float[shape.examples()][];
      this.y = new int[shape.examples()];
      SupportSet.Builder builder = SupportSet.builder(vectors.get(0).length, shape.labels());
      for (int i = 0; i < y.length; i++) {
        y[i] = i % shape.labels();
        float[] features = example(number, y[i], i);
        x[i] = Arrays.copyOf(features, outer);
        builder.add(y[i], 1f, features);
      }
      this.support = builder.build();
    }

    void regression(double c) {
      LogisticRegression.fit(c, x, y, support.labels());
    }
  }

  private final BenchSettings.Load load;
  private final Consumer<String> progress;
  private final BundleFiles files;
  private final int outer;
  private final Vectors vectors;
  private final double limit;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> ratios = new ArrayList<>();

  private HeadsScenario(BenchSettings.Load load, BundleFiles files, Consumer<String> progress) {
    Manifest manifest = files.manifest();
    int dimension = manifest.encoder().dimension();
    this.load = load;
    this.progress = progress;
    this.files = files;
    this.outer = manifest.encoder().outerWidth();
    this.vectors = new Vectors(dimension, SEED);
    this.limit = MatrixProduct.operationsPerSecond();
  }

  /**
   * Measures heads of the bundle that the applications are set to.
   *
   * @throws BundleException if it cannot be used
   */
  static Section measure(BenchSettings settings, Consumer<String> progress) {
    String location =
        settings.application().settings().getOrDefault("bundle", ShippedBundles.DRIFT);
    try (Bundle bundle = Bundle.load(location, BundleOptions.defaults().withLoadEncoder(false))) {
      HeadsScenario scenario =
          new HeadsScenario(settings.load(), BundleFiles.read(location), progress);
      SHAPES.forEach(shape -> scenario.measure(shape, bundle));
      return scenario.section();
    }
  }

  private void measure(Shape shape, Bundle bundle) {
    List<Task> tasks = IntStream.range(0, shape.batch()).mapToObj(i -> new Task(shape, i)).toList();
    List<SupportSet> sets = tasks.stream().map(task -> task.support).toList();
    double[] heads = new double[load.repetitions()];
    double[] regressions = new double[load.repetitions()];
    for (int i = -load.warmups(); i < load.repetitions(); i++) {
      double head = millis(() -> bundle.integrator().integrate(sets)) / shape.batch();
      double regression =
          REGULARISATIONS.stream()
              .mapToDouble(
                  c -> millis(() -> tasks.forEach(task -> task.regression(c))) / shape.batch())
              .min()
              .orElseThrow();
      if (i >= 0) {
        heads[i] = head;
        regressions[i] = regression;
      }
    }
    progress.accept("heads %s: %.2f ms".formatted(shape, Spread.of(heads).median()));
    report(shape, heads, regressions, Operations.of(files, sets.get(0)));
  }

  private static double millis(Runnable call) {
    long start = System.nanoTime();
    long end;
    int calls = 0;
    do {
      call.run();
      calls++;
      end = System.nanoTime();
    } while (end - start < MIN_NANOS);
    return (end - start) / NANOS_PER_MILLI / calls;
  }

  /** Near the centre of its label, and of length 1. */
  private float[] example(int task, int label, int number) {
    float[] centre = vectors.get(task + label);
    float[] noise = vectors.get(task + number + CENTRES);
    float length = (float) Math.sqrt(1 + NOISE * NOISE);
    float[] features = new float[centre.length];
    for (int d = 0; d < features.length; d++) {
      features[d] = (centre[d] + NOISE * noise[d]) / length;
    }
    return features;
  }

  private void report(Shape shape, double[] heads, double[] regressions, Operations operations) {
    double[] shares = new double[heads.length];
    Arrays.setAll(shares, i -> heads[i] / regressions[i]);
    double median = Spread.of(heads).median();
    double rate = operations.products() / median * MILLIS_PER_SECOND;
    rows.add(
        List.of(
            shape.toString(),
            Spread.of(heads).decimals(),
            Spread.of(regressions).decimals(),
            decimals("%.3f", operations.products() / GIGA),
            decimals("%,.0f", operations.bytes() / MEGA),
            decimals("%.0f", rate / GIGA),
            decimals("%.0f %%", PERCENT * rate / limit)));
    ratios.add("%s: %s of logistic regression".formatted(shape, Spread.of(shares).decimals()));
  }

  private Section section() {
    return new Section(
        "Heads of %s: one thread, %d repetitions, limit %.0f GFLOP/s"
            .formatted(files.id(), load.repetitions(), limit / GIGA),
        HEADER,
        rows,
        ratios);
  }

  private static String decimals(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
