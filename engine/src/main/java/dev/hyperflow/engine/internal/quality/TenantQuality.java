package dev.hyperflow.engine.internal.quality;

import java.util.Optional;

/**
 * How well one tenant's heads do.
 *
 * @param observations labelled queries that both heads have predicted
 * @param before accuracy of the initial, unadapted head
 * @param after accuracy of the adapted head
 * @param detector watches the adapted head's errors
 * @param drifts how often the detector has fired
 * @param driftDetected whether it fired at the last observation
 */
public record TenantQuality(
    long observations,
    PrequentialAccuracy before,
    PrequentialAccuracy after,
    PageHinkley detector,
    long drifts,
    boolean driftDetected) {

  /** Before the first observation. */
  public static final TenantQuality NONE =
      new TenantQuality(
          0, PrequentialAccuracy.NONE, PrequentialAccuracy.NONE, PageHinkley.START, 0, false);

  /** Fewer observations say too little for an accuracy to be shown. */
  public static final int MIN_OBSERVATIONS = 20;

  /** The accuracy of the adapted head; empty below {@link #MIN_OBSERVATIONS}. */
  public Optional<AccuracyEstimate> adapted(QualitySettings settings) {
    return estimate(after, settings);
  }

  /** The accuracy of the initial head on the same labels; empty below the same number. */
  public Optional<AccuracyEstimate> initial(QualitySettings settings) {
    return estimate(before, settings);
  }

  private Optional<AccuracyEstimate> estimate(
      PrequentialAccuracy accuracy, QualitySettings settings) {
    return observations < MIN_OBSERVATIONS
        ? Optional.empty()
        : Optional.of(AccuracyEstimate.of(accuracy.value(), observations, settings.fading()));
  }

  /**
   * This quality after one more labelled query.
   *
   * @param beforeRight whether the initial head had predicted the label
   * @param afterRight whether the adapted head had
   */
  public TenantQuality observe(QualitySettings settings, boolean beforeRight, boolean afterRight) {
    PageHinkley next = detector.observe(settings, afterRight ? 0 : 1);
    boolean drift = next.detects(settings);
    return new TenantQuality(
        observations + 1,
        before.observe(settings.fading(), beforeRight),
        after.observe(settings.fading(), afterRight),
        drift ? PageHinkley.START : next,
        drift ? drifts + 1 : drifts,
        drift);
  }
}
