package dev.hyperflow.engine.internal.remember;

import java.util.List;

/**
 * How the weight of an example fades with its age: w · 2<sup>−age/half-life</sup>. The age is the
 * event time from the example to the newest remembered example of the tenant.
 *
 * <p>So weights depend on the support set and its times alone, and a retraction of the newest
 * example gives the others their earlier weights back.
 *
 * @param halfLifeMillis the age at which a weight is halved, in milliseconds; 0 when weights do not
 *     fade
 */
public record Fading(long halfLifeMillis) {

  /** Weights do not fade. */
  public static final Fading OFF = new Fading(0);

  /** The longest half-life, 36,500 days. */
  public static final long MAX_HALF_LIFE_MILLIS = 36_500L * 24 * 60 * 60 * 1000;

  /** The least share of its weight that an example keeps. */
  static final double MIN_SHARE = 1e-3;

  public Fading {
    if (halfLifeMillis < 0 || halfLifeMillis > MAX_HALF_LIFE_MILLIS) {
      throw new IllegalArgumentException(
          "halfLifeMillis: expected 0 to %d, found %d"
              .formatted(MAX_HALF_LIFE_MILLIS, halfLifeMillis));
    }
  }

  /** Whether weights fade. */
  public boolean isOn() {
    return halfLifeMillis > 0;
  }

  /** The latest timestamp of a list, milliseconds since the epoch; 0 of an empty list. */
  static long newestMillis(List<LabelledExamples.Entry> entries) {
    return entries.stream().mapToLong(entry -> entry.example().timestampMillis()).max().orElse(0);
  }

  /**
   * The weight of an example, above 0.
   *
   * @param newestMillis timestamp of the newest example; not before that of {@code example}
   */
  float weight(Example example, long newestMillis) {
    float weight = example.terms().weight();
    if (!isOn()) {
      return weight;
    }
    // Timestamps may lie anywhere, so that their difference may overflow a long. StrictMath gives
    // the same bits on every machine.
    double age = (double) newestMillis - (double) example.timestampMillis();
    double share = Math.max(MIN_SHARE, StrictMath.pow(2, -age / halfLifeMillis));
    return Math.max(Float.MIN_VALUE, (float) (weight * share));
  }
}
