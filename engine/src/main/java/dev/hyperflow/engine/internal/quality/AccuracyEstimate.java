package dev.hyperflow.engine.internal.quality;

/**
 * An accuracy with the interval in which it lies with a confidence of 95 %.
 *
 * @param value the accuracy, 0 to 1
 * @param low lower end of the interval, 0 to {@code value}
 * @param high upper end of the interval, {@code value} to 1
 */
public record AccuracyEstimate(double value, double low, double high) {
  /*
   * Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
   * American Statistical Association 22, 1927. It stays within 0 and 1, and has a width where all
   * predictions were right.
   *
   * Predictions of a fading accuracy count unequally. Kish's effective number, (Σ w)² / Σ w², takes
   * the place of their number: with weights αⁱ it is (1 − αⁿ)(1 + α) / ((1 − α)(1 + αⁿ)).
   */

  private static final double NORMAL_QUANTILE = 1.959963984540054;

  /**
   * An accuracy and the interval around it.
   *
   * @param value the accuracy, 0 to 1
   * @param observations predictions behind it, at least 1
   * @param fading α, above 0 and at most 1; 1 where all count alike
   */
  public static AccuracyEstimate of(double value, long observations, double fading) {
    double n = effective(observations, fading);
    double square = NORMAL_QUANTILE * NORMAL_QUANTILE;
    double centre = (value + square / (2 * n)) / (1 + square / n);
    double half =
        NORMAL_QUANTILE
            / (1 + square / n)
            * Math.sqrt(value * (1 - value) / n + square / (4 * n * n));
    return new AccuracyEstimate(
        value,
        Math.min(value, Math.max(0, centre - half)),
        Math.max(value, Math.min(1, centre + half)));
  }

  /** How many equal observations are worth as much as these fading ones. */
  static double effective(long observations, double fading) {
    if (fading >= 1) {
      return observations;
    }
    double last = Math.pow(fading, (double) observations);
    return (1 - last) * (1 + fading) / ((1 - fading) * (1 + last));
  }
}
