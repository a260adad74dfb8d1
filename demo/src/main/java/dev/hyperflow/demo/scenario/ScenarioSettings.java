package dev.hyperflow.demo.scenario;

import java.time.Duration;

/**
 * What shapes a scenario besides its data.
 *
 * @param seed decides which messages become labels and in what order everything comes
 * @param duration from the first to the last record
 * @param maxEvents labels and queries together, shared among tenants by the size of their data
 */
public record ScenarioSettings(long seed, Duration duration, int maxEvents) {

  private static final int EVENTS_PER_SECOND = 20;

  /** Checks that the run has a length. */
  public ScenarioSettings {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be positive, found " + duration);
    }
    if (maxEvents < 1) {
      throw new IllegalArgumentException("maxEvents must be positive, found " + maxEvents);
    }
  }

  /** Settings with as many events as two busy cores answer one by one in that time, and a rest. */
  public static ScenarioSettings of(long seed, Duration duration) {
    long events = Math.max(1, duration.toSeconds() * EVENTS_PER_SECOND);
    return new ScenarioSettings(seed, duration, (int) Math.min(events, Integer.MAX_VALUE));
  }
}
