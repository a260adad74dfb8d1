package dev.hyperflow.models.internal;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How a trajectory is followed. All methods are explicit Runge–Kutta methods; with S the steps of a
 * manifest, what each costs in evaluations of the drift includes one at the end of the trajectory,
 * for the trace, and is less where {@link Stepping#earlyStop()} ends it.
 */
public enum Integrator {
  /** S equal steps of order 1: S + 1 evaluations. */
  EULER(1),
  /** S equal steps of order 2 (trapezoidal predictor and corrector): 2 S + 1 evaluations. */
  HEUN(2),
  /** S equal steps of order 4 (the classical method of Runge and Kutta): 4 S + 1 evaluations. */
  RK4(4),
  /**
   * At most S attempts of order 3 with an error estimate of order 2 (Bogacki and Shampine 1989, "A
   * 3(2) pair of Runge–Kutta formulas"): at most 3 S + 1 evaluations. An attempt whose estimated
   * error is too large is taken back and tried again with half the length or less; where the error
   * is small, lengths double or grow fourfold. No step is shorter than what is left of the horizon
   * divided by the attempts left, and such a step is always taken: so every trajectory reaches the
   * horizon, within the tolerance where S allows it. Every task has steps of its own.
   */
  ADAPTIVE(3);

  private final int stages;

  Integrator(int stages) {
    this.stages = stages;
  }

  /** Drift evaluations of a step or, if adaptive, an attempt. */
  public int stages() {
    return stages;
  }

  /**
   * Most drift evaluations of a trajectory.
   *
   * @param steps steps or, if adaptive, attempts; at least 1
   */
  public int evaluations(int steps) {
    return stages * steps + 1;
  }

  /** What a manifest calls it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The integrator of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Integrator of(String text) {
    return Arrays.stream(values())
        .filter(integrator -> integrator.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "integrator: expected one of %s, found %s"
                        .formatted(
                            Arrays.stream(values())
                                .map(Integrator::text)
                                .collect(Collectors.joining(", ")),
                            text)));
  }
}
