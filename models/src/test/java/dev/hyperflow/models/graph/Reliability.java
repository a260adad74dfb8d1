package dev.hyperflow.models.graph;

import dev.hyperflow.models.Calibration;
import dev.hyperflow.models.Head;

/** Expected calibration error over pooled queries, in 15 bins of equal width (Guo et al. 2017). */
final class Reliability {

  private static final int BINS = 15;

  private final Calibration calibration;
  private final double[] confidence = new double[BINS];
  private final double[] right = new double[BINS];
  private int queries;

  Reliability(Calibration calibration) {
    this.calibration = calibration;
  }

  void add(Episode episode, Head head) {
    float[] values = new float[head.labels()];
    for (int i = 0; i < episode.queries.size(); i++) {
      int chosen = head.argmax(episode.queries.get(i));
      head.logits(episode.queries.get(i), values);
      calibration.probabilities(values, values);
      int bin = Math.min(BINS - 1, (int) (values[chosen] * BINS));
      confidence[bin] += values[chosen];
      right[bin] += chosen == episode.queryLabels.get(i) ? 1 : 0;
      queries++;
    }
  }

  double expectedCalibrationError() {
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(confidence[bin] - right[bin]) / queries;
    }
    return error;
  }
}
