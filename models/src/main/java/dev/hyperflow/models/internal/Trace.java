package dev.hyperflow.models.internal;

import java.util.Arrays;
import java.util.Objects;

/**
 * What happened along one trajectory. Point 0 is the initial head, point {@link #steps()} the end
 * of the last step. Immutable; equality is by content, bit for bit.
 */
public final class Trace {

  private static final int COLUMNS = 2;

  private final float[] values; // row-major [steps + 1][driftNorm, supportLoss]

  private Trace(float[] values) {
    this.values = values;
  }

  /**
   * Copies a trace from a row-major array of (drift norm, support loss) pairs, one per point.
   *
   * @throws IllegalArgumentException if there are not at least two points
   */
  public static Trace of(float[] values) {
    if (values.length < 2 * COLUMNS || values.length % COLUMNS != 0) {
      throw new IllegalArgumentException(
          "trace: expected pairs for at least two points, found %d floats"
              .formatted(values.length));
    }
    return new Trace(values.clone());
  }

  /** Number S of steps of the bundle, at least 1; there are S + 1 points. */
  public int steps() {
    return values.length / COLUMNS - 1;
  }

  /** Euclidean norm of the drift at a point, from 0 to {@link #steps()}; NaN if it diverged. */
  public float driftNorm(int step) {
    return values[Objects.checkIndex(step, steps() + 1) * COLUMNS];
  }

  /**
   * Mean cross-entropy of the support set, in nats, at a point from 0 to {@link #steps()}; NaN or
   * infinite if the trajectory diverged.
   */
  public float supportLoss(int step) {
    return values[Objects.checkIndex(step, steps() + 1) * COLUMNS + 1];
  }

  /** Whether every drift norm and support loss is finite. */
  public boolean finite() {
    return Check.finite(values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Trace that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Trace[steps=%d, supportLoss=%s → %s]"
        .formatted(steps(), supportLoss(0), supportLoss(steps()));
  }
}
