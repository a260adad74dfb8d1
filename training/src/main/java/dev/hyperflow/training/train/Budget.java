package dev.hyperflow.training.train;

import java.util.OptionalInt;

/**
 * When a run ends at the latest.
 *
 * @param minutes for everything, features included; above 0
 * @param steps gradient steps; empty for as many as fit into the time
 * @param startedNanos when the run began, as {@link System#nanoTime()}
 */
record Budget(double minutes, OptionalInt steps, long startedNanos) {

  private static final double NANOS = 60e9;

  /** When to stop learning: what then follows takes a share of the time, too. */
  long deadlineNanos() {
    return steps.isPresent() ? Long.MAX_VALUE : startedNanos + (long) (0.97 * minutes * NANOS);
  }

  /** Seconds to the deadline, negative after it. */
  double secondsLeft(long nowNanos) {
    return (deadlineNanos() - nowNanos) / 1e9;
  }
}
