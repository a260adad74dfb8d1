package dev.hyperflow.topology.internal;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Notices when the system clock is set: then wall clock and the clock that only goes forward differ
 * by more than before. For one thread.
 */
final class ClockWatch {
  /** What a clock that is adjusted smoothly never does between two looks. */
  static final Duration STEP = Duration.ofSeconds(10);

  private final LongSupplier wallMillis;
  private final LongSupplier nanoTicker;
  private long lastMillis;
  private long lastNanos;

  /**
   * Begins to watch.
   *
   * @param wallMillis milliseconds since the epoch
   * @param nanoTicker nanoseconds of a clock that only goes forward
   */
  ClockWatch(LongSupplier wallMillis, LongSupplier nanoTicker) {
    this.wallMillis = wallMillis;
    this.nanoTicker = nanoTicker;
    this.lastMillis = wallMillis.getAsLong();
    this.lastNanos = nanoTicker.getAsLong();
  }

  /** By how much the clock was set since the last look, negative for back; empty if it was not. */
  Optional<Duration> look() {
    long millis = wallMillis.getAsLong();
    long nanos = nanoTicker.getAsLong();
    Duration step =
        Duration.ofMillis(millis - lastMillis).minus(Duration.ofNanos(nanos - lastNanos));
    lastMillis = millis;
    lastNanos = nanos;
    return Optional.of(step).filter(by -> by.abs().compareTo(STEP) >= 0);
  }
}
