package dev.hyperflow.engine.internal.event;

/**
 * How an example counts, and for how long.
 *
 * @param weight its weight in the support loss; 1 is an ordinary example
 * @param expiresAtMillis event time from which it no longer counts, milliseconds since the epoch;
 *     {@link #NEVER} when it does not expire
 */
public record ExampleTerms(float weight, long expiresAtMillis) {

  /** The expiry of an example that does not expire. */
  public static final long NEVER = Long.MAX_VALUE;

  /** An ordinary example: weight 1, no expiry. */
  public static final ExampleTerms ORDINARY = new ExampleTerms(1, NEVER);

  /** Whether it no longer counts at {@code timeMillis}. */
  public boolean expiredAt(long timeMillis) {
    return expiresAtMillis <= timeMillis;
  }
}
