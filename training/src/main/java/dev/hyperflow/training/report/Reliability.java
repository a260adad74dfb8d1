package dev.hyperflow.training.evaluate;

/** How often a confidence is right, in 15 bins of equal width (Guo et al. 2017). */
final class Reliability {

  private static final int BINS = 15;

  private final double[] confidence = new double[BINS];
  private final long[] right = new long[BINS];
  private final long[] queries = new long[BINS];

  /** Counts a query. */
  void add(float probability, boolean correct) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    confidence[bin] += probability;
    right[bin] += correct ? 1 : 0;
    queries[bin]++;
  }

  /** Whether anything was counted. */
  boolean isEmpty() {
    return total() == 0;
  }

  /** Mean difference between confidence and accuracy of a bin, by queries; 0 to 1. */
  double expectedCalibrationError() {
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      error += Math.abs(confidence[bin] - right[bin]);
    }
    return error / total();
  }

  private long total() {
    long total = 0;
    for (long count : queries) {
      total += count;
    }
    return total;
  }
}
