package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.report.Interval;
import dev.hyperflow.training.report.Reliability;
import java.util.ArrayList;
import java.util.List;

/** What one method did on one set in one setting. Filled by one thread, in order of episodes. */
final class Tally {

  private final Reliability reliability = new Reliability();
  private final List<Double> accuracies = new ArrayList<>();

  void add(Response response, int[] truth) {
    accuracies.add(response.accuracy(truth));
    if (response.hasConfidence()) {
      for (int q = 0; q < truth.length; q++) {
        reliability.add(response.confidence()[q], response.chosen()[q] == truth[q], 1);
      }
    }
  }

  int episodes() {
    return accuracies.size();
  }

  /** Accuracy of each episode, 0 to 1. */
  double[] accuracies() {
    return accuracies.stream().mapToDouble(Double::doubleValue).toArray();
  }

  Interval accuracy() {
    return Interval.of(accuracies());
  }

  Reliability reliability() {
    return reliability;
  }
}
