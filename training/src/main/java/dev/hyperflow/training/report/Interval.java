package dev.hyperflow.training.report;

import java.util.List;
import java.util.Locale;

/**
 * A mean with its 95 % interval, by the normal approximation.
 *
 * @param mean the mean
 * @param halfWidth 1.96 standard errors; 0 for fewer than two values
 */
public record Interval(double mean, double halfWidth) {

  private static final double QUANTILE = 1.959964;
  private static final double PERCENT = 100;

  /** Of independent values, at least one. */
  public static Interval of(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
    return new Interval(mean, QUANTILE * deviation / Math.sqrt(values.length));
  }

  /** Of the differences of pairs: what the same episode gave two methods. */
  public static Interval ofDifferences(double[] values, double[] others) {
    double[] differences = new double[values.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = values[i] - others[i];
    }
    return of(differences);
  }

  /**
   * Of the mean of independent means. It says how well the mean over these very sets is known, not
   * what other sets would give.
   */
  public static Interval ofMeans(List<Interval> means) {
    double sum = 0;
    double squares = 0;
    for (Interval mean : means) {
      sum += mean.mean;
      squares += mean.halfWidth * mean.halfWidth;
    }
    return new Interval(sum / means.size(), Math.sqrt(squares) / means.size());
  }

  /** In per cent, {@code 88.7 ± 0.5}. */
  public String percent() {
    return String.format(Locale.ROOT, "%.1f ± %.1f", PERCENT * mean, PERCENT * halfWidth);
  }

  /** In percentage points with a sign, {@code +0.31 ± 0.12}. */
  public String points() {
    return String.format(Locale.ROOT, "%+.2f ± %.2f", PERCENT * mean, PERCENT * halfWidth)
        .replace('-', '−');
  }
}
