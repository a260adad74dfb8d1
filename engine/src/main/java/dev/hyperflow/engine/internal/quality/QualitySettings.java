package dev.hyperflow.engine.internal.quality;

/**
 * How live quality is measured.
 *
 * @param fading α of the fading accuracy, above 0 and at most 1: the last 1 / (1 − α) observations
 *     count most; 1 forgets nothing
 * @param tolerance δ of the Page–Hinkley test: rises of the error rate below it are not drift; 0 to
 *     1
 * @param threshold λ of the Page–Hinkley test, in errors beyond what was to be expected; above 0. A
 *     larger one means fewer false alarms and a later detection
 * @param minObservations observations before the first detection, and between two; at least 1
 */
public record QualitySettings(
    double fading, double tolerance, double threshold, int minObservations) {

  private static final QualitySettings DEFAULTS = new QualitySettings(0.99, 0.05, 15, 30);

  public QualitySettings {
    if (!(fading > 0 && fading <= 1)) {
      throw new IllegalArgumentException("fading: expected above 0, at most 1, found " + fading);
    }
    if (!(tolerance >= 0 && tolerance <= 1)) {
      throw new IllegalArgumentException("tolerance: expected 0 to 1, found " + tolerance);
    }
    if (!(threshold > 0 && threshold < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "threshold: expected above 0 and finite, found " + threshold);
    }
    if (minObservations < 1) {
      throw new IllegalArgumentException(
          "minObservations: expected at least 1, found " + minObservations);
    }
  }

  /** How many of the last observations count most: 1 / (1 − α); 0 when all count alike. */
  public int window() {
    return fading >= 1 ? 0 : (int) Math.round(1 / (1 - fading));
  }

  /**
   * α = 0.99, δ = 0.05, λ = 15, at least 30 observations: an error rate that rises by 0.3 is
   * noticed after some 50 observations, and a steady one gives less than one false alarm in 10,000.
   */
  public static QualitySettings defaults() {
    return DEFAULTS;
  }
}
