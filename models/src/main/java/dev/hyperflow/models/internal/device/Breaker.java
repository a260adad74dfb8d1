package dev.hyperflow.models.internal.device;

/**
 * Decides whether a model may still use its device. Counts, never clocks. Safe for use by many
 * threads.
 */
final class Breaker {

  private final int failuresToTrip;
  private final int runsToRetry;
  private int failuresInARow;
  private boolean tripped;
  private int fallbackRuns;
  private long trips;

  /**
   * @param failuresToTrip failures in a row after which the device is given up; 0 for never
   * @param runsToRetry successful fallback runs after which one run tries the device again; 0 for
   *     never
   */
  Breaker(int failuresToTrip, int runsToRetry) {
    this.failuresToTrip = failuresToTrip;
    this.runsToRetry = runsToRetry;
  }

  /**
   * Whether the next run should use the device. Where it is given up but due to be tried again, the
   * answer is yes once.
   */
  synchronized boolean admits() {
    if (!tripped) {
      return true;
    }
    if (runsToRetry > 0 && fallbackRuns >= runsToRetry) {
      fallbackRuns = 0;
      return true;
    }
    return false;
  }

  synchronized boolean tripped() {
    return tripped;
  }

  /** Times it tripped so far. */
  synchronized long trips() {
    return trips;
  }

  /** The device did what it was asked for; says whether that ends a trip. */
  synchronized boolean deviceWorked() {
    failuresInARow = 0;
    boolean recovered = tripped;
    tripped = false;
    return recovered;
  }

  /** The device failed at a single item that the fallback managed; says whether that trips it. */
  synchronized boolean deviceFailed() {
    failuresInARow++;
    if (tripped || failuresToTrip == 0 || failuresInARow < failuresToTrip) {
      return false;
    }
    tripped = true;
    fallbackRuns = 0;
    trips++;
    return true;
  }

  /** The fallback did the work of a device that is given up. */
  synchronized void fallbackWorked() {
    fallbackRuns++;
  }
}
