package dev.hyperflow.models.internal.graph;

import java.util.Objects;

/**
 * How a drift is integrated from a prototype head: by Euler steps of equal length.
 *
 * @param steps number S of steps, 1 to 1000; they cost S + 1 evaluations of the drift
 * @param horizon end T of the trajectory in flow time, above 0, at most 1000; step k goes from t =
 *     kT/S to (k+1)T/S
 * @param initialScale factor of the class means in the initial head, above 0, at most 1000
 * @param initialBias bias of the initial head
 */
public record IntegrationPlan(
    int steps, float horizon, float initialScale, InitialBias initialBias) {

  private static final int MAX_STEPS = 1000;
  private static final float MAX = 1000f;

  public IntegrationPlan {
    checkGrid(steps, horizon);
    if (!(initialScale > 0 && initialScale <= MAX)) {
      throw new IllegalArgumentException(
          "initialScale: expected above 0 and at most %s, found %s".formatted(MAX, initialScale));
    }
    Objects.requireNonNull(initialBias, "initialBias");
  }

  static void checkGrid(int steps, float horizon) {
    if (steps < 1 || steps > MAX_STEPS) {
      throw new IllegalArgumentException(
          "steps: expected 1 to %d, found %d".formatted(MAX_STEPS, steps));
    }
    if (!(horizon > 0 && horizon <= MAX)) {
      throw new IllegalArgumentException(
          "horizon: expected above 0 and at most %s, found %s".formatted(MAX, horizon));
    }
  }

  /** Flow time of every point of a trajectory, S + 1 of them. */
  float[] times() {
    float[] times = new float[steps + 1];
    for (int k = 0; k <= steps; k++) {
      times[k] = (float) ((double) horizon * k / steps);
    }
    return times;
  }

  /** Length of a step in flow time. */
  float stepLength() {
    return (float) ((double) horizon / steps);
  }
}
