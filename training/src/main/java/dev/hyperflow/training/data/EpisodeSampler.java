package dev.hyperflow.training.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws episodes of many shapes, for training: ways uniform, shots log-uniform. The same seed, set
 * and number give the same episode. Immutable, safe for use by many threads.
 */
public final class EpisodeSampler {

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
    int most = Math.min(range.maxWays(), usable.length);
    int ways = random.nextInt(range.minWays(), most + 1);
    int[] order = Draws.permutation(usable.length, random);
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

  static int[] usable(LabelledFeatures set) {
    return IntStream.range(0, set.labels().size()).filter(l -> set.count(l) >= 2).toArray();
  }
}
