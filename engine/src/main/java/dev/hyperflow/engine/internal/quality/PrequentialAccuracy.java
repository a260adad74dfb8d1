package dev.hyperflow.engine.internal.quality;

/**
 * The accuracy of recent predictions, older ones fading.
 *
 * <p>With fading factor α, after every prediction: hits ← α × hits + (1 if right, else 0), weight ←
 * α × weight + 1; the accuracy is hits / weight. Source: Gama, Sebastião, Rodrigues, "On evaluating
 * stream learning algorithms", Machine Learning 90, 2013, section 3.3: for α &lt; 1 it converges to
 * the accuracy over a sliding window, in constant memory.
 *
 * @param hits the fading sum of right predictions, from 0 to {@code weight}
 * @param weight the fading number of predictions, 0 before the first
 */
public record PrequentialAccuracy(double hits, double weight) {

  /** Before the first prediction. */
  public static final PrequentialAccuracy NONE = new PrequentialAccuracy(0, 0);

  /**
   * This accuracy after one more prediction.
   *
   * @param fading α, above 0 and at most 1; 1 forgets nothing
   */
  public PrequentialAccuracy observe(double fading, boolean right) {
    return new PrequentialAccuracy(fading * hits + (right ? 1 : 0), fading * weight + 1);
  }

  /** The accuracy, from 0 to 1; 0 before the first prediction. */
  public double value() {
    return weight == 0 ? 0 : hits / weight;
  }
}
