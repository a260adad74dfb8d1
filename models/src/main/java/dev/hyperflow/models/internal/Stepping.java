package dev.hyperflow.models.internal;

import java.util.Objects;

/**
 * How a trajectory is followed, and when it may rest.
 *
 * @param integrator the method
 * @param tolerance largest estimated error of one step relative to the norm of the head before or
 *     after it, whichever is larger, as Frobenius norms; 1e-6 to 1 if the integrator is {@link
 *     Integrator#ADAPTIVE}, else 0
 * @param earlyStop a head stays where it is, for good, from the first point at which ‖drift‖ ≤
 *     earlyStop · ‖head‖ (Frobenius norms; 1 ÷ flow time); 1e-6 to 1, or 0 to go on to the horizon.
 *     Relative, so that it means the same for few labels and for many, and for features of any
 *     scale
 */
public record Stepping(Integrator integrator, float tolerance, float earlyStop) {

  private static final float LEAST = 1e-6f;

  public Stepping {
    Objects.requireNonNull(integrator, "integrator");
    if (integrator == Integrator.ADAPTIVE) {
      range("tolerance", tolerance);
    } else if (tolerance != 0) {
      throw new IllegalArgumentException(
          "tolerance: expected none for the integrator %s, found %s"
              .formatted(integrator.text(), tolerance));
    }
    if (earlyStop != 0) {
      range("earlyStop", earlyStop);
    }
  }

  /** Euler steps, all of them. */
  public static Stepping euler() {
    return of(Integrator.EULER);
  }

  /** All steps of an integrator that is not adaptive. */
  public static Stepping of(Integrator integrator) {
    return new Stepping(integrator, 0f, 0f);
  }

  /** Adaptive steps. */
  public static Stepping adaptive(float tolerance) {
    return new Stepping(Integrator.ADAPTIVE, tolerance, 0f);
  }

  /** The same with another threshold; 0 for none. */
  public Stepping withEarlyStop(float threshold) {
    return new Stepping(integrator, tolerance, threshold);
  }

  private static void range(String field, float value) {
    if (!(value >= LEAST && value <= 1)) {
      throw new IllegalArgumentException(
          "%s: expected %s to 1, found %s".formatted(field, LEAST, value));
    }
  }
}
