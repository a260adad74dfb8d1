package dev.hyperflow.training.evaluate;

import java.util.ArrayList;
import java.util.List;

/** How often a confidence is right, in 15 bins of equal width (Guo et al. 2017). */
final class Reliability {

  static final int BINS = 15;

  private final double[] confidence = new double[BINS];
  private final long[] right = new long[BINS];
  private final long[] queries = new long[BINS];

  /**
   * One bin that is not empty.
   *
   * @param confidence mean confidence of its queries
   * @param accuracy share of them that is right
   * @param share of all queries
   */
  record Bin(double confidence, double accuracy, double share) {}

  /** Counts a query. */
  void add(float probability, boolean correct) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    confidence[bin] += probability;
    right[bin] += correct ? 1 : 0;
    queries[bin]++;
  }

  /** Counts what another one counted. */
  void add(Reliability other) {
    for (int bin = 0; bin < BINS; bin++) {
      confidence[bin] += other.confidence[bin];
      right[bin] += other.right[bin];
      queries[bin] += other.queries[bin];
    }
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

  /** Bins that are not empty, by rising confidence. */
  List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (queries[bin] > 0) {
        bins.add(
            new Bin(
                confidence[bin] / queries[bin],
                (double) right[bin] / queries[bin],
                (double) queries[bin] / total()));
      }
    }
    return bins;
  }

  private long total() {
    long total = 0;
    for (long count : queries) {
      total += count;
    }
    return total;
  }
}
