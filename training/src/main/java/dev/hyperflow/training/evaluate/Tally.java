package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.report.Interval;
import java.util.Arrays;

/** What one method did on one set in one setting. Filled by one thread, in order of episodes. */
final class Tally {

  private final Reliability reliability = new Reliability();
  private double[] accuracies = new double[16];
  private int episodes;

  void add(Response response, int[] truth) {
    if (episodes == accuracies.length) {
      accuracies = Arrays.copyOf(accuracies, 2 * episodes);
    }
    accuracies[episodes++] = response.accuracy(truth);
    if (response.hasConfidence()) {
      for (int q = 0; q < truth.length; q++) {
        reliability.add(response.confidence()[q], response.chosen()[q] == truth[q]);
      }
    }
  }

  int episodes() {
    return episodes;
  }

  /** Accuracy of each episode, 0 to 1. */
  double[] accuracies() {
    return Arrays.copyOf(accuracies, episodes);
  }

  Interval accuracy() {
    return Interval.of(accuracies());
  }

  Reliability reliability() {
    return reliability;
  }
}
