package dev.hyperflow.training.data;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws episodes of many shapes, for training: ways uniform, shots log-uniform, or the beginning of
 * a stream. The same seed, set and number give the same episode. Immutable, safe for use by many
 * threads.
 */
public final class EpisodeSampler {

  /** Standard deviation, at most, of the logarithm of a label's factor in a stream. */
  private static final double MAX_SPREAD = 1.5;

  private static final int STREAM_QUERIES = 100;

  private final EpisodeRange range;
  private final long seed;

  public EpisodeSampler(EpisodeRange range, long seed) {
    this.range = range;
    this.seed = seed;
  }

  /**
   * Whether episodes can be drawn from a set: it needs {@link EpisodeRange#minWays()} labels with
   * two texts or more.
   */
  public boolean accepts(LabelledFeatures set) {
    return usable(set).length >= range.minWays();
  }

  /**
   * Draws an episode.
   *
   * @param number which one
   * @throws IllegalArgumentException if {@link #accepts} is false for the set
   */
  public Episode sample(LabelledFeatures set, long number) {
    int[] usable = usable(set);
    if (usable.length < range.minWays()) {
      throw new IllegalArgumentException(
          "%s: expected at least %d labels with two texts or more, found %d"
              .formatted(set.name(), range.minWays(), usable.length));
    }
    SplittableRandom random = Draws.generator(seed, set, number);
    int max = Math.min(range.maxWays(), usable.length);
    int ways = random.nextInt(range.minWays(), max + 1);
    int[] order = Draws.permutation(usable.length, random);
    if (random.nextDouble() < range.streams()) {
      return stream(set, Arrays.stream(order).limit(ways).map(i -> usable[i]).toArray(), random);
    }
    boolean balanced = random.nextDouble() >= range.unbalanced();
    int common = Draws.logUniform(range.minShots(), range.maxShots(), random);
    int room = Math.max(1, range.maxExamples() / ways);
    Episode.Builder episode = new Episode.Builder(ways);
    for (int way = 0; way < ways; way++) {
      int label = usable[order[way]];
      int wanted = balanced ? common : Draws.logUniform(range.minShots(), range.maxShots(), random);
      int shots = Math.min(Math.min(wanted, room), Draws.maxShots(set.count(label)));
      episode.deal(way, set, label, shots, range.queries(), random);
    }
    return episode.build();
  }

  /**
   * The beginning of a stream of labels: how often each comes is its number of texts times a factor
   * of its own. What comes after the examples are queries, of labels that have an example.
   */
  private Episode stream(LabelledFeatures set, int[] labels, SplittableRandom random) {
    double spread = MAX_SPREAD * random.nextDouble();
    double[] rates =
        Arrays.stream(labels)
            .mapToDouble(l -> set.count(l) * Math.exp(spread * random.nextGaussian()))
            .toArray();
    int[][] texts =
        Arrays.stream(labels)
            .mapToObj(l -> Draws.permutation(set.count(l), random))
            .toArray(int[][]::new);
    int room = Arrays.stream(labels).map(l -> Draws.maxShots(set.count(l))).sum();
    int examples = Draws.logUniform(labels.length, Math.min(range.maxExamples(), room), random);
    int[] shots = new int[labels.length];
    // The two that come first have an example, whatever comes: a task has two labels.
    shots[0] = 1;
    shots[1] = 1;
    for (int i = 2; i < examples; i++) {
      int way = next(rates, random);
      shots[way] = Math.min(shots[way] + 1, Draws.maxShots(set.count(labels[way])));
    }
    int[] asked = new int[labels.length];
    for (int i = 0; i < STREAM_QUERIES; i++) {
      int way = next(rates, random);
      boolean left = shots[way] + asked[way] < texts[way].length;
      asked[way] += shots[way] > 0 && left ? 1 : 0;
    }
    asked[0] = Math.max(1, asked[0]);
    return dealt(set, labels, texts, shots, asked);
  }

  private static Episode dealt(
      LabelledFeatures set, int[] labels, int[][] texts, int[] shots, int[] asked) {
    Episode.Builder episode =
        new Episode.Builder((int) Arrays.stream(shots).filter(count -> count > 0).count());
    int way = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int text = 0; text < shots[i] + asked[i]; text++) {
        episode.add(way, set, labels[i], texts[i][text], text < shots[i]);
      }
      way += shots[i] > 0 ? 1 : 0;
    }
    return episode.build();
  }

  /** An index, each as often as its rate says. */
  private static int next(double[] rates, SplittableRandom random) {
    double at = random.nextDouble() * Arrays.stream(rates).sum();
    int index = 0;
    while (index < rates.length - 1 && at >= rates[index]) {
      at -= rates[index];
      index++;
    }
    return index;
  }

  static int[] usable(LabelledFeatures set) {
    return IntStream.range(0, set.labels().size()).filter(l -> set.count(l) >= 2).toArray();
  }
}
