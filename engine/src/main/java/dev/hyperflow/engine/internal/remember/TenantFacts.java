package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;

/**
 * What is known of a tenant besides its labels. Immutable.
 *
 * @param counters how many events and labels there were
 * @param features what the tenant's features are
 * @param fingerprint the sum of the examples' hashes
 * @param clock the tenant's event time
 * @param settings what the tenant has otherwise than all
 */
public record TenantFacts(
    Counters counters,
    Features features,
    Fingerprint fingerprint,
    Clock clock,
    TenantSettings settings) {

  /** The facts of a tenant before its first event. */
  static final TenantFacts NONE =
      new TenantFacts(
          new Counters(0, 0),
          Features.NONE,
          Fingerprint.EMPTY,
          Clock.START,
          TenantSettings.DEFAULTS);

  /**
   * Counters.
   *
   * @param events support events applied since the tenant was last forgotten
   * @param nextLabelId the number the next new label gets
   */
  public record Counters(long events, int nextLabelId) {}

  /**
   * What features are.
   *
   * @param dimension D, 0 while there are no examples
   * @param space names the encoder that made them; empty while there are no examples, or when they
   *     come from elsewhere
   */
  public record Features(int dimension, String space) {
    static final Features NONE = new Features(0, "");
  }

  /**
   * Event time.
   *
   * @param timeMillis the latest timestamp of an applied support event
   * @param nextExpiryMillis no example expires before
   */
  public record Clock(long timeMillis, long nextExpiryMillis) {
    static final Clock START = new Clock(0, Long.MAX_VALUE);
  }

  TenantFacts withEvent(long timestampMillis) {
    return new TenantFacts(
        new Counters(counters.events() + 1, counters.nextLabelId()),
        features,
        fingerprint,
        new Clock(Math.max(clock.timeMillis(), timestampMillis), clock.nextExpiryMillis()),
        settings);
  }

  TenantFacts withSettings(TenantSettings newSettings) {
    return new TenantFacts(counters, features, fingerprint, clock, newSettings);
  }

  TenantFacts withNextExpiry(long nextExpiryMillis) {
    return new TenantFacts(
        counters, features, fingerprint, new Clock(clock.timeMillis(), nextExpiryMillis), settings);
  }

  TenantFacts withFingerprint(Fingerprint newFingerprint) {
    return new TenantFacts(counters, features, newFingerprint, clock, settings);
  }

  TenantFacts withLabel() {
    return new TenantFacts(
        new Counters(counters.events(), counters.nextLabelId() + 1),
        features,
        fingerprint,
        clock,
        settings);
  }

  TenantFacts with(Example example, String space) {
    return new TenantFacts(
        counters,
        new Features(example.features().dimension(), space),
        fingerprint.plus(example.fingerprint()),
        new Clock(
            clock.timeMillis(),
            Math.min(clock.nextExpiryMillis(), example.terms().expiresAtMillis())),
        settings);
  }

  TenantFacts without(Example example, boolean last) {
    return new TenantFacts(
        counters,
        last ? Features.NONE : features,
        fingerprint.minus(example.fingerprint()),
        clock,
        settings);
  }
}
