package dev.hyperflow.engine.internal.quality;

/**
 * The Page–Hinkley test: tells when the mean of a stream of errors has risen.
 *
 * <p>Sources: Page, "Continuous inspection schemes", Biometrika 41, 1954; in this form, as a test
 * on a learner's errors, Gama, Sebastião, Rodrigues, "On evaluating stream learning algorithms",
 * Machine Learning 90, 2013, section 4.
 *
 * @param observations errors seen since the start or the last detection
 * @param mean their mean
 * @param excess how far the cumulated deviation is above its minimum, in errors; 0 or more
 */
public record PageHinkley(long observations, double mean, double excess) {
  /*
   * The test cumulates m_T = Σ (x_t − mean_t − δ) and fires when m_T − min m_t > λ, the minimum
   * including m_0 = 0. Only that difference is kept, as excess_T = max(0, excess_{T−1} + x_T −
   * mean_T − δ), which is the same and does not lose bits as m_T falls without end. A detection
   * starts over from nothing, so that the new level is learned. ADWIN (Bifet, Gavaldà 2007) has
   * about the same delay at the same rate of false alarms and needs some 50 buckets, 800 bytes,
   * where this takes 24; figures in docs/evaluation.md.
   */

  /** Before the first error. */
  public static final PageHinkley START = new PageHinkley(0, 0, 0);

  /**
   * This test after one more error. It has to be asked with {@link #detects} and, when it does,
   * replaced by {@link #START}.
   *
   * @param error from 0, right, to 1, wrong
   */
  PageHinkley observe(QualitySettings settings, double error) {
    long count = observations + 1;
    double newMean = mean + (error - mean) / count;
    return new PageHinkley(
        count, newMean, Math.max(0, excess + error - newMean - settings.tolerance()));
  }

  /** Whether the mean has risen by more than the threshold, after enough observations. */
  boolean detects(QualitySettings settings) {
    return observations >= settings.minObservations() && excess > settings.threshold();
  }
}
