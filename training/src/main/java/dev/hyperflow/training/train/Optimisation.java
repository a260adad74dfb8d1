package dev.hyperflow.training.train;

import static dev.hyperflow.models.internal.Check.check;

import java.util.List;

/**
 * How parameters are moved.
 *
 * @param objectives what is optimised, one after the other, for equal numbers of steps
 * @param steps number of gradient steps in all, at least 1
 * @param batch tasks of a step, at least 1
 * @param learningRate largest learning rate, above 0
 * @param eulerSteps steps of the Euler loop, in training and in the bundle, 1 to 50
 */
record Optimisation(
    List<Objective> objectives, int steps, int batch, double learningRate, int eulerSteps) {

  private static final int MAX_EULER_STEPS = 50;

  Optimisation {
    objectives = List.copyOf(objectives);
    check(!objectives.isEmpty(), "objectives", "at least one", "none");
    check(steps >= 1, "steps", "at least 1", steps);
    check(batch >= 1, "batch", "at least 1", batch);
    check(learningRate > 0 && learningRate < 1, "learningRate", "above 0, below 1", learningRate);
    check(eulerSteps >= 1 && eulerSteps <= MAX_EULER_STEPS, "eulerSteps", "1 to 50", eulerSteps);
  }

  Objective objective(int step) {
    return objectives.get((int) ((long) step * objectives.size() / steps));
  }

  /** The first step of the objective that a step belongs to. */
  private int start(int step) {
    long phase = (long) step * objectives.size() / steps;
    return (int) ((phase * steps + objectives.size() - 1) / objectives.size());
  }

  /**
   * Learning rate of a step: a short rise, then half a cosine down to a fiftieth, anew for every
   * objective.
   */
  double learningRate(int step) {
    int length = Math.max(1, steps / objectives.size());
    int warmUp = Math.max(1, length / 20);
    int inside = step - start(step);
    if (inside < warmUp) {
      return learningRate * (inside + 1) / warmUp;
    }
    double done = Math.min(1, (double) (inside - warmUp) / Math.max(1, length - warmUp));
    return learningRate * (0.02 + 0.98 * (1 + StrictMath.cos(StrictMath.PI * done)) / 2);
  }

  /** The same with another number of steps. */
  Optimisation withSteps(int other) {
    return new Optimisation(objectives, other, batch, learningRate, eulerSteps);
  }
}
