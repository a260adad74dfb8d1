package dev.hyperflow.training.data;

import static dev.hyperflow.models.internal.Check.check;

/**
 * Which episodes to draw.
 *
 * @param minWays minimum number of labels, at least 2
 * @param maxWays maximum number of labels; a set that has fewer gives all it has
 * @param minShots minimum number of examples per label, at least 1
 * @param maxShots maximum number of examples per label
 * @param maxExamples maximum number of examples of an episode; shots are cut to fit, at least one
 *     of each label stays
 * @param unbalanced share of episodes in which every label draws its own number of shots, 0 to 1
 * @param streams share of episodes that are the beginning of a stream, 0 to 1
 * @param queries maximum number of queries per label, at least 1
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
