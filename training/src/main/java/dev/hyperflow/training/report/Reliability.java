package dev.hyperflow.training.report;

/**
 * How often a confidence is right, in 15 bins of equal width (Guo et al. 2017, arXiv 1706.04599).
 * Not safe for use by several threads.
 */
public final class Reliability {

  private static final int BINS = 15;

  private final double[] surplus = new double[BINS];
  private double total;

  /**
   * Counts a query.
   *
   * @param probability of the answer, 0 to 1
   * @param right whether the answer was right
   * @param weight how much the query counts, above 0
   */
  public void add(double probability, boolean right, double weight) {
    int bin = Math.min(BINS - 1, (int) (probability * BINS));
    surplus[bin] += weight * (probability - (right ? 1 : 0));
    total += weight;
  }

  /** Whether no query was counted. */
  public boolean isEmpty() {
    return total == 0;
  }

  /** Mean difference between confidence and accuracy of a bin, by weight of the queries: 0 to 1. */
  public double expectedCalibrationError() {
    double error = 0;
    for (double bin : surplus) {
      error += Math.abs(bin);
    }
    return error / total;
  }
}
