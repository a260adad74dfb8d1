package dev.hyperflow.engine.internal.remember;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What each precision of remembered features costs in accuracy: the same episodes with the shipped
 * analytic bundle, the examples rounded, the queries not. Run it with {@code ./mvnw -pl topology
 * verify -Pshared-data -Dhyperflow.datasets=DIR}, where DIR holds {@code dev/banking77.tsv} and
 * {@code dev/trec50.tsv} ({@code label<TAB>text}). The table is printed and written to {@code
 * target/precision.md}.
 */
@Tag("shared-data")
class PrecisionAccuracyTest {
  private static final String PROPERTY = "hyperflow.datasets";
  private static final long SEED = 20;
  private static final int EPISODES = 100;
  private static final int WAYS = 20;
  private static final int MIN_QUERIES = 5;
  private static final int MAX_QUERIES = 50;

  /** In accuracy, as a fraction. */
  private static final double ALLOWED_LOSS = 0.002;

  private final StringBuilder table = new StringBuilder();
  private final List<Double> losses = new ArrayList<>();

  /** A text's features and the index of its label within the episode. */
  private record Labelled(int label, FeatureVector features) {}

  private record Episode(List<Labelled> support, List<Labelled> queries) {

    static Episode draw(Random random, Map<String, List<FeatureVector>> data, int shots) {
      List<List<FeatureVector>> labels = new ArrayList<>(data.values());
      labels.removeIf(texts -> texts.size() < shots + MIN_QUERIES);
      Collections.shuffle(labels, random);
      Episode episode = new Episode(new ArrayList<>(), new ArrayList<>());
      for (int label = 0; label < WAYS; label++) {
        List<FeatureVector> texts = new ArrayList<>(labels.get(label));
        Collections.shuffle(texts, random);
        for (int i = 0; i < Math.min(texts.size(), shots + MAX_QUERIES); i++) {
          List<Labelled> part = i < shots ? episode.support : episode.queries;
          part.add(new Labelled(label, texts.get(i)));
        }
      }
      return episode;
    }

    SupportSet supportSet(FeaturePrecision precision) {
      SupportSet.Builder set = SupportSet.builder(support.get(0).features().dimension(), WAYS);
      for (Labelled example : support) {
        FeatureVector rounded = precision.rounded(example.features());
        set.add(example.label(), 1f, rounded.toArray());
      }
      return set.build();
    }

    double accuracy(Head head) {
      long right =
          queries.stream()
              .filter(query -> head.argmax(query.features().toArray()) == query.label())
              .count();
      return (double) right / queries.size();
    }
  }

  @Test
  void shouldLoseNextToNothing() throws IOException {
    Path folder = folder();
    row("data set", "task", "float32", "float16", "int8", "float16 − float32", "int8 − float32");
    row("---", "---", "---", "---", "---", "---", "---");
    int dimension;
    try (Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, BundleOptions.defaults())) {
      dimension = bundle.encoder().orElseThrow().dimension();
      for (String name : List.of("banking77", "trec50")) {
        Map<String, List<FeatureVector>> data =
            features(folder.resolve("dev/" + name + ".tsv"), bundle.encoder().orElseThrow());
        for (int shots : new int[] {5, 15}) {
          compare(bundle, name, data, shots);
        }
      }
    }
    table.append('\n');
    for (FeaturePrecision precision : FeaturePrecision.values()) {
      row(precision.name(), "bytes per example", String.valueOf(precision.bytes(dimension)));
    }
    Files.writeString(Path.of("target", "precision.md"), table);
    System.out.println(table);
    assertThat(losses).hasSize(8).allSatisfy(l -> assertThat(l).isLessThan(ALLOWED_LOSS));
  }

  private void compare(
      Bundle bundle, String name, Map<String, List<FeatureVector>> data, int shots) {
    // Given the same episodes for every precision
    Random random = new Random(SEED);
    List<Episode> episodes = new ArrayList<>();
    for (int i = 0; i < EPISODES; i++) {
      episodes.add(Episode.draw(random, data, shots));
    }

    // When their examples are remembered in each of them
    Map<FeaturePrecision, double[]> accuracy = new EnumMap<>(FeaturePrecision.class);
    for (FeaturePrecision precision : FeaturePrecision.values()) {
      List<Integration> heads =
          bundle
              .integrator()
              .integrate(episodes.stream().map(episode -> episode.supportSet(precision)).toList());
      double[] each = new double[EPISODES];
      for (int i = 0; i < EPISODES; i++) {
        each[i] = episodes.get(i).accuracy(heads.get(i).adapted());
      }
      accuracy.put(precision, each);
    }

    // Then the differences are taken episode by episode
    double[] exact = accuracy.get(FeaturePrecision.FLOAT32);
    double[] half = accuracy.get(FeaturePrecision.FLOAT16);
    double[] whole = accuracy.get(FeaturePrecision.INT8);
    row(
        name,
        "%d-way %d-shot".formatted(WAYS, shots),
        interval("%.2f ± %.2f", exact),
        interval("%.2f ± %.2f", half),
        interval("%.2f ± %.2f", whole),
        interval("%+.3f ± %.3f", minus(half, exact)),
        interval("%+.3f ± %.3f", minus(whole, exact)));
    losses.add(mean(minus(exact, half)));
    losses.add(mean(minus(exact, whole)));
  }

  private static Path folder() {
    String folder = System.getProperty(PROPERTY, "");
    boolean present = !folder.isEmpty() && Files.isDirectory(Path.of(folder));
    String message =
        "SKIPPED the precision check: -D%s expected a folder of data sets, found '%s'"
            .formatted(PROPERTY, folder);
    if (!present) {
      System.err.println(message);
    }
    Assumptions.assumeTrue(present, message);
    return Path.of(folder);
  }

  private static Map<String, List<FeatureVector>> features(Path file, Encoder encoder)
      throws IOException {
    List<String> labels = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int tab = line.indexOf('\t');
      labels.add(line.substring(0, tab));
      texts.add(line.substring(tab + 1));
    }
    float[][] encoded = encoder.encode(texts);
    Map<String, List<FeatureVector>> byLabel = new TreeMap<>();
    for (int i = 0; i < encoded.length; i++) {
      byLabel
          .computeIfAbsent(labels.get(i), label -> new ArrayList<>())
          .add(FeatureVector.of(encoded[i]));
    }
    return byLabel;
  }

  private static double[] minus(double[] one, double[] other) {
    double[] difference = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      difference[i] = one[i] - other[i];
    }
    return difference;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** Mean over episodes with the half width of its 95 % interval, in per cent. */
  private static String interval(String format, double[] values) {
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = Math.sqrt(squares / (values.length - 1));
    double halfWidth = 1.96 * deviation / Math.sqrt(values.length);
    return String.format(Locale.ROOT, format, 100 * mean, 100 * halfWidth);
  }

  private void row(String... cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
