package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.Stepping;
import java.util.Objects;

/**
 * How a drift is integrated from a prototype head.
 *
 * @param steps number S of steps, or most attempts at a step if the integrator is adaptive; 1 to
 *     1000. {@link dev.hyperflow.models.internal.Integrator#evaluations} says what that costs
 * @param horizon end T of the trajectory in flow time, above 0, at most 1000; unless the integrator
 *     is adaptive, step k goes from t = kT/S to (k+1)T/S
 * @param initialScale factor of the class means in the initial head, above 0, at most 1000
 * @param initialBias bias of the initial head
 * @param stepping the integrator, and when a trajectory may rest
 */
public record IntegrationPlan(
    int steps, float horizon, float initialScale, InitialBias initialBias, Stepping stepping) {

  private static final int MAX_STEPS = 1000;
  private static final float MAX = 1000f;

  public IntegrationPlan {
    checkGrid(steps, horizon);
    if (!(initialScale > 0 && initialScale <= MAX)) {
      throw new IllegalArgumentException(
          "initialScale: expected above 0 and at most %s, found %s".formatted(MAX, initialScale));
    }
    Objects.requireNonNull(initialBias, "initialBias");
    Objects.requireNonNull(stepping, "stepping");
  }

  /** Euler steps of equal length, all of them. */
  public IntegrationPlan(int steps, float horizon, float initialScale, InitialBias initialBias) {
    this(steps, horizon, initialScale, initialBias, Stepping.euler());
  }

  /** The same with other steps. */
  public IntegrationPlan withStepping(Stepping other) {
    return new IntegrationPlan(steps, horizon, initialScale, initialBias, other);
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

  /** Flow time of every point of a trajectory of equal steps, S + 1 of them. */
  float[] times() {
    float[] times = new float[steps + 1];
    for (int k = 0; k <= steps; k++) {
      times[k] = time(k);
    }
    return times;
  }

  /** Flow time after so many equal steps, which need not be a whole number. */
  float time(double stepsTaken) {
    return (float) (horizon * stepsTaken / steps);
  }

  /** Length of a step in flow time. */
  float stepLength() {
    return (float) ((double) horizon / steps);
  }
}
