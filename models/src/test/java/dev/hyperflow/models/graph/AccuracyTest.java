package dev.hyperflow.models.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Bundle;
import dev.hyperflow.models.BundleOptions;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.Integration;
import dev.hyperflow.models.ShippedBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shipped analytic bundle, end to end, against prototypes and tuned logistic regression on real
 * texts. Run it with {@code ./mvnw -pl models verify -Pshared-data -Dhyperflow.datasets=DIR}, where
 * DIR holds {@code dev/banking77.tsv} and {@code dev/trec50.tsv} ({@code label<TAB>text}). The
 * table is printed and written to {@code target/accuracy.md}.
 */
@Tag("shared-data")
class AccuracyTest {

  private static final String PROPERTY = "hyperflow.datasets";
  private static final long SEED = 20;
  private static final int EPISODES = 100;
  private static final int WAYS = 20;

  /** In accuracy, as a fraction. */
  private static final double ALLOWED_LOSS = 0.005;

  /** Of the gradient, as scikit-learn's default. */
  private static final double PEER_TOLERANCE = 1e-4;

  private final StringBuilder table = new StringBuilder();

  @Test
  void shouldKeepUpWithTunedLogisticRegression() throws IOException {
    Path folder = folder();
    row("data set", "task", "prototypes", "analytic flow", "LR C=1", "LR C=10", "ECE");
    row("---", "---", "---", "---", "---", "---", "---");
    List<Double> losses = new ArrayList<>();
    try (Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, BundleOptions.defaults())) {
      for (String name : List.of("banking77", "trec50")) {
        Map<String, List<float[]>> data =
            Features.of(folder.resolve("dev/" + name + ".tsv"), bundle.encoder().orElseThrow());
        for (int shots : new int[] {5, 15}) {
          losses.add(compare(bundle, name, data, shots));
        }
      }
    }
    Files.writeString(Path.of("target", "accuracy.md"), table);
    System.out.println(table);
    assertThat(losses).allSatisfy(loss -> assertThat(loss).isLessThanOrEqualTo(ALLOWED_LOSS));
  }

  private static Path folder() {
    String folder = System.getProperty(PROPERTY, "");
    boolean present = !folder.isEmpty() && Files.isDirectory(Path.of(folder));
    String message =
        "SKIPPED the accuracy check: -D%s expected a folder of data sets, found '%s'"
            .formatted(PROPERTY, folder);
    if (!present) {
      System.err.println(message);
    }
    Assumptions.assumeTrue(present, message);
    return Path.of(folder);
  }

  /** Returns by how much the better logistic regression beats the flow. */
  private double compare(Bundle bundle, String name, Map<String, List<float[]>> data, int shots) {
    Random random = new Random(SEED);
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < EPISODES; i++) {
      episodes.add(new Episode(random, data, WAYS, shots));
    }
    List<Integration> heads =
        bundle.integrator().integrate(episodes.stream().map(Episode::supportSet).toList());
    Reliability reliability = new Reliability(bundle.calibration());
    for (int i = 0; i < EPISODES; i++) {
      reliability.add(episodes.get(i), heads.get(i).adapted());
    }
    double[] prototypes = each(episodes, (e, i) -> accuracy(e, heads.get(i).initial()));
    double[] flow = each(episodes, (e, i) -> accuracy(e, heads.get(i).adapted()));
    double[] weak = each(episodes, (e, i) -> accuracy(e, peer(e, 1)));
    double[] strong = each(episodes, (e, i) -> accuracy(e, peer(e, 10)));
    row(
        name,
        "%d-way %d-shot".formatted(WAYS, shots),
        interval(prototypes),
        interval(flow),
        interval(weak),
        interval(strong),
        String.format(Locale.ROOT, "%.3f", reliability.expectedCalibrationError()));
    return Math.max(mean(weak), mean(strong)) - mean(flow);
  }

  private static double[] each(
      List<Episode> episodes, BiFunction<Episode, Integer, Double> accuracy) {
    double[] values = new double[episodes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = accuracy.apply(episodes.get(i), i);
    }
    return values;
  }

  private static Head peer(Episode episode, double c) {
    float[][] x = episode.support.toArray(new float[0][]);
    double[] fit =
        LogisticRegression.fit(c, PEER_TOLERANCE, x, episode.supportTargets(), episode.ways);
    float[] weights = new float[fit.length];
    for (int i = 0; i < fit.length; i++) {
      weights[i] = (float) fit[i];
    }
    return Head.of(episode.ways, x[0].length, weights);
  }

  private static double accuracy(Episode episode, Head head) {
    int right = 0;
    for (int i = 0; i < episode.queries.size(); i++) {
      right += head.argmax(episode.queries.get(i)) == episode.queryLabels.get(i) ? 1 : 0;
    }
    return (double) right / episode.queries.size();
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Mean over episodes with the half width of its 95 % interval, in per cent. */
  private static String interval(double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (values.length - 1));
    double halfWidth = 1.96 * deviation / Math.sqrt(values.length);
    return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * mean, 100 * halfWidth);
  }

  private void row(String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
