package dev.hyperflow.benchmarks.report;

import java.util.Arrays;
import java.util.Locale;

/**
 * The spread of a figure over repetitions.
 *
 * @param median the middle value; of an even number the mean of the middle two
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double median, double min, double max) {

  /**
   * The spread of these values.
   *
   * @throws IllegalArgumentException when there are none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values: expected at least one, found none");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Spread(percentile(sorted, 0.5), sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * A percentile by linear interpolation between the nearest ranks.
   *
   * @param sorted at least one value, ascending
   * @param fraction 0 to 1
   */
  public static double percentile(double[] sorted, double fraction) {
    double rank = fraction * (sorted.length - 1);
    int below = (int) Math.floor(rank);
    int above = (int) Math.ceil(rank);
    return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
  }

  /** {@code median (min … max)}, as whole numbers. */
  public String whole() {
    return format("%,.0f");
  }

  /** {@code median (min … max)} with two decimals. */
  public String decimals() {
    return format("%.2f");
  }

  private String format(String number) {
    return String.format(
        Locale.ROOT, number + " (" + number + " … " + number + ")", median, min, max);
  }
}
