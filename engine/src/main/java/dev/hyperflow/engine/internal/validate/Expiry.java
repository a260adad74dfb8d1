package dev.hyperflow.engine.internal.validate;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import java.util.Optional;

/**
 * Which times an example may expire at: after its event, and before the year 10000. So times in
 * other units than milliseconds stand out.
 */
final class Expiry {
  private static final long END_OF_9999 = 253_402_300_799_999L;
  private static final long THOUSAND = 1_000;
  private static final long TEN_YEARS = 315_360_000_000L;

  private Expiry() {}

  /** What is wrong with a time of expiry, as expected and found; empty when nothing is. */
  static Optional<String> flaw(long eventMillis, long expiryMillis) {
    if (expiryMillis == ExampleTerms.NEVER
        || (expiryMillis > eventMillis && expiryMillis <= END_OF_9999)) {
      return Optional.empty();
    }
    return Optional.of(
        "expected milliseconds since the epoch, after the event's %d and before the year 10000,"
                .formatted(eventMillis)
            + " found %d%s".formatted(expiryMillis, guess(eventMillis, expiryMillis)));
  }

  /** What is wrong with the time of an event, as above. */
  static Optional<String> flawOfEvent(long eventMillis) {
    return eventMillis <= END_OF_9999
        ? Optional.empty()
        : Optional.of(
            "expected milliseconds since the epoch, before the year 10000, found %d, which looks like %s"
                .formatted(
                    eventMillis,
                    eventMillis / THOUSAND <= END_OF_9999 ? "microseconds" : "nanoseconds"));
  }

  private static String guess(long eventMillis, long expiryMillis) {
    if (isNear(eventMillis, expiryMillis, THOUSAND)) {
      return ", which looks like seconds";
    }
    if (isNear(eventMillis, expiryMillis / THOUSAND, 1)) {
      return ", which looks like microseconds";
    }
    return isNear(eventMillis, expiryMillis / (THOUSAND * THOUSAND), 1)
        ? ", which looks like nanoseconds"
        : "";
  }

  /** Whether a time is within the ten years after or before the event. */
  private static boolean isNear(long eventMillis, long time, long factor) {
    return time > 0
        && time <= END_OF_9999 / factor
        && Math.abs(time * factor - eventMillis) <= TEN_YEARS;
  }
}
