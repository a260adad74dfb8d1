package dev.hyperflow.training.stream;

import dev.hyperflow.training.data.Draws;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** In which order the texts of a set arrive, and what their labels mean over time. */
enum Arrangement {
  /** As in the file, from its beginning. */
  FILE,
  /** At random. */
  SHUFFLED,
  /** At random, but labels begin one after the other, evenly over the stream. */
  LABELS,
  /** At random; in the middle of the stream the two most frequent labels swap their meaning. */
  SWAP,
  /** At random; the two most frequent labels have one name until the middle, then two. */
  SPLIT;

  private static final int ROWS = 0;
  private static final int BEGINNINGS = 1;
  private static final int ARRIVALS = 2;
  private static final int FATES = 3;

  /** How many labels a set must have. */
  int minLabels() {
    return this == SPLIT ? 3 : 2;
  }

  /** Whether another seed gives another stream. */
  boolean isRandom() {
    return this != FILE;
  }

  /** As the command line says it. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes a stream. Streams of one seed have the same texts in every random order.
   *
   * @param set has {@link #minLabels} labels or more
   */
  LabelStream stream(StreamSet set, StreamPlan plan, long seed) {
    int[] rows = rows(set, plan.events(), seed);
    int[] truth = meanings(set, rows);
    int[] given = new int[rows.length];
    SplittableRandom random = Draws.generator(seed, set.features(), FATES);
    for (int e = 0; e < given.length; e++) {
      boolean labelled = random.nextDouble() < plan.labelled();
      boolean wrong = random.nextDouble() < plan.wrong();
      int other = random.nextInt(set.labels().size() - 1);
      int label = wrong ? other + (other >= truth[e] ? 1 : 0) : truth[e];
      given[e] = labelled ? label : LabelStream.NONE;
    }
    String order = isRandom() ? title() + "-" + seed : title();
    return new LabelStream(set, order, rows, truth, given, plan.delay());
  }

  private int[] rows(StreamSet set, int events, long seed) {
    int size = Math.min(events, set.size());
    if (!isRandom()) {
      return IntStream.range(0, size).toArray();
    }
    int[] order = Draws.permutation(set.size(), Draws.generator(seed, set.features(), ROWS));
    int[] rows = Arrays.copyOf(order, size);
    return this == LABELS ? oneAfterTheOther(set, rows, seed) : rows;
  }

  /** A text arrives at a random moment between the beginning of its label and the end. */
  private static int[] oneAfterTheOther(StreamSet set, int[] rows, long seed) {
    int labels = set.labels().size();
    int[] places = Draws.permutation(labels, Draws.generator(seed, set.features(), BEGINNINGS));
    SplittableRandom random = Draws.generator(seed, set.features(), ARRIVALS);
    double[] arrivals = new double[set.size()];
    for (int row : rows) {
      double beginning = (double) places[set.label(row)] / labels;
      arrivals[row] = beginning + (1 - beginning) * random.nextDouble();
    }
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> arrivals[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] meanings(StreamSet set, int[] rows) {
    int[] truth = Arrays.stream(rows).map(set::label).toArray();
    if (this != SWAP && this != SPLIT) {
      return truth;
    }
    int[] counts = new int[set.labels().size()];
    Arrays.stream(truth).forEach(label -> counts[label]++);
    int[] frequent =
        IntStream.range(0, counts.length)
            .boxed()
            .sorted(Comparator.comparingInt(label -> -counts[label]))
            .mapToInt(Integer::intValue)
            .toArray();
    int first = frequent[0];
    int second = frequent[1];
    int middle = truth.length / 2;
    for (int e = 0; e < truth.length; e++) {
      boolean late = e >= middle;
      if (this == SPLIT && !late && truth[e] == second) {
        truth[e] = first;
      } else if (this == SWAP && late && (truth[e] == first || truth[e] == second)) {
        truth[e] = truth[e] == first ? second : first;
      }
    }
    return truth;
  }
}
