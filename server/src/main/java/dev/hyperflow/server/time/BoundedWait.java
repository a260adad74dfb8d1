package dev.hyperflow.server.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Paces tries until a limit: try, and while the try fails and {@link #again()} is true, try once
 * more. The clock starts with the object. One thread at a time.
 */
public final class BoundedWait {
  private final long limitNanos;
  private final long pauseNanos;
  private final LongSupplier nanoTime;
  private final Sleeper sleeper;
  private long start;

  /** Waits; replaced in tests. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(long nanos) throws InterruptedException;
  }

  /**
   * Starts a wait.
   *
   * @param limit longest time over all tries
   * @param pause time between two tries
   */
  public BoundedWait(Duration limit, Duration pause) {
    this(limit, pause, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  BoundedWait(Duration limit, Duration pause, LongSupplier nanoTime, Sleeper sleeper) {
    this.limitNanos = limit.toNanos();
    this.pauseNanos = pause.toNanos();
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.start = nanoTime.getAsLong();
  }

  /** Pauses before another try; returns false at once when the pause would pass the limit. */
  public boolean again() throws InterruptedException {
    return againAfter(pauseNanos);
  }

  /** As {@link #again()}, with a pause that somebody else asks for. */
  public boolean again(Duration pause) throws InterruptedException {
    return againAfter(pause.toNanos());
  }

  private boolean againAfter(long nanos) throws InterruptedException {
    if (nanoTime.getAsLong() - start + nanos > limitNanos) {
      return false;
    }
    sleeper.sleep(nanos);
    return true;
  }

  /** Grants the whole limit anew, because something moved. */
  public void restart() {
    start = nanoTime.getAsLong();
  }
}
