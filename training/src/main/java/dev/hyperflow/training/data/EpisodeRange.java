package dev.hyperflow.training.data;

import static dev.hyperflow.models.internal.Check.check;

/**
 * Which episodes to draw.
 *
 * @param minWays fewest labels, at least 2
 * @param maxWays most labels; a set that has fewer gives all it has
 * @param minShots fewest examples of a label, at least 1
 * @param maxShots most examples of a label
 * @param maxExamples most examples of an episode: shots are cut to fit, at least one of each label
 *     stays
 * @param unbalanced share of episodes in which every label draws its own number of shots, 0 to 1
 * @param streams share of episodes that are the beginning of a stream, 0 to 1: as many examples as
 *     come, labels as often as they come, and queries that come next
 * @param queries most queries of a label, at least 1
 */
public record EpisodeRange(
    int minWays,
    int maxWays,
    int minShots,
    int maxShots,
    int maxExamples,
    double unbalanced,
    double streams,
    int queries) {

  public EpisodeRange {
    check(minWays >= 2, "minWays", "at least 2", minWays);
    check(maxWays >= minWays, "maxWays", "at least minWays", maxWays);
    check(minShots >= 1, "minShots", "at least 1", minShots);
    check(maxShots >= minShots, "maxShots", "at least minShots", maxShots);
    check(maxExamples >= maxWays, "maxExamples", "at least maxWays", maxExamples);
    check(unbalanced >= 0 && unbalanced <= 1, "unbalanced", "0 to 1", unbalanced);
    check(streams >= 0 && streams <= 1, "streams", "0 to 1", streams);
    check(queries >= 1, "queries", "at least 1", queries);
  }
}
