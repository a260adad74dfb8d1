package dev.hyperflow.engine.internal.integrate;

/**
 * What a tenant may still have integrated: a token bucket in the tenant's event time. Immutable.
 *
 * @param tokens integrations left
 * @param timeMillis event time of the last change, milliseconds since the epoch
 */
public record IntegrationBudget(double tokens, long timeMillis) {

  private static final long MAX_DISORDER_MILLIS = 60_000;

  /** The budget of a tenant that had nothing integrated yet: one second's worth, at least one. */
  public static IntegrationBudget full(double perSecond) {
    return new IntegrationBudget(capacity(perSecond), 0);
  }

  /** The budget at a time, which may lie before the last change: it does not shrink then. */
  public IntegrationBudget at(long nowMillis, double perSecond) {
    if (nowMillis <= timeMillis) {
      // Events a little out of order change nothing; after a time that was far ahead, the clock is
      // set back, or nothing would be allowed until that time comes.
      return timeMillis - nowMillis > MAX_DISORDER_MILLIS
          ? new IntegrationBudget(tokens, nowMillis)
          : this;
    }
    double seconds = (nowMillis - timeMillis) / 1000.0;
    return new IntegrationBudget(
        Math.min(capacity(perSecond), tokens + seconds * perSecond), nowMillis);
  }

  /** Whether one more integration is within the limit. */
  public boolean allows() {
    return tokens >= 1;
  }

  /** After one integration; never below nothing. */
  public IntegrationBudget spent() {
    return new IntegrationBudget(Math.max(0, tokens - 1), timeMillis);
  }

  private static double capacity(double perSecond) {
    return Math.max(1, perSecond);
  }
}
