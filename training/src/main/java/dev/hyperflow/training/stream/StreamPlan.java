package dev.hyperflow.training.stream;

import java.util.List;

/**
 * Which streams to play.
 *
 * @param arrangements orders of the texts, at least one
 * @param repeats streams of each random order, with consecutive seeds; at least 1
 * @param events maximum number of texts of a stream, at least 1
 * @param labelled share of the texts whose label arrives, above 0 and at most 1
 * @param wrong share of those labels that are replaced by another one, 0 to 1
 * @param delay texts that are asked between a text and the arrival of its label, at least 0
 * @param seed of the first stream of each order
 */
record StreamPlan(
    List<Arrangement> arrangements,
    int repeats,
    int events,
    double labelled,
    double wrong,
    int delay,
    long seed) {

  StreamPlan {
    arrangements = List.copyOf(arrangements);
  }
}
