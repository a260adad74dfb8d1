package dev.hyperflow.training.data;

import java.util.SplittableRandom;

/**
 * Draws episodes of one fixed shape, for evaluation. A set with fewer labels gives all it has. A
 * label with too few texts gives fewer examples, and at least a third of its texts stay for
 * queries. Labels with a single text take no part. The same seed, set and number give the same
 * episode. Immutable, safe for use by many threads.
 */
public final class SettingSampler {

  private final Setting setting;
  private final int queries;
  private final long seed;

  /**
   * A sampler of a shape.
   *
   * @param queries maximum number of queries per label, at least 1
   */
  public SettingSampler(Setting setting, int queries, long seed) {
    if (queries < 1) {
      throw new IllegalArgumentException("queries: expected at least 1, found " + queries);
    }
    this.setting = setting;
    this.queries = queries;
    this.seed = seed;
  }

  /** Whether a set has two labels with two texts or more. */
  public static boolean accepts(LabelledFeatures set) {
    return labels(set) >= 2;
  }

  /** How many labels of a set take part: those with two texts or more. */
  public static int labels(LabelledFeatures set) {
    return EpisodeSampler.usable(set).length;
  }

  /**
   * Draws an episode.
   *
   * @param number which one
   * @throws IllegalArgumentException if {@link #accepts} is false for the set
   */
  public Episode sample(LabelledFeatures set, long number) {
    int[] usable = EpisodeSampler.usable(set);
    if (usable.length < 2) {
      throw new IllegalArgumentException(
          "%s: expected at least 2 labels with two texts or more, found %d"
              .formatted(set.name(), usable.length));
    }
    SplittableRandom random = Draws.generator(seed, set, number);
    int ways = Math.min(setting.ways().orElse(usable.length), usable.length);
    int[] order = Draws.permutation(usable.length, random);
    Episode.Builder episode = new Episode.Builder(ways);
    for (int way = 0; way < ways; way++) {
      int label = usable[order[way]];
      int shots = Math.min(setting.shots(), Draws.maxShots(set.count(label)));
      episode.deal(way, set, label, shots, queries, random);
    }
    return episode.build();
  }
}
