package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.Integrator;

/**
 * Coefficients of an explicit Runge–Kutta method whose stages need the drift of the stage before
 * them only. Lengths are in units of the step.
 */
final class Tableau {

  private final double[] nodes;
  private final double[] weights;
  private final double[] ahead;

  private Tableau(double[] nodes, double[] weights, double[] ahead) {
    this.nodes = nodes;
    this.weights = weights;
    this.ahead = ahead;
  }

  static Tableau of(Integrator integrator) {
    return switch (integrator) {
      case EULER -> new Tableau(new double[] {0}, new double[] {1}, new double[] {0});
      case HEUN -> new Tableau(new double[] {0, 1}, new double[] {0.5, 0.5}, new double[] {1, 0});
      case RK4 ->
          new Tableau(
              new double[] {0, 0.5, 0.5, 1},
              new double[] {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0},
              new double[] {0.5, 0.5, 1, 0});
      case ADAPTIVE -> throw new IllegalArgumentException("adaptive steps have no fixed length");
    };
  }

  int stages() {
    return nodes.length;
  }

  /** Where in the step a stage evaluates the drift, 0 to 1. */
  double node(int stage) {
    return nodes[stage];
  }

  /** How far each stage's drift moves the end of a step of that length. */
  float[] weights(float length) {
    return scaled(weights, length);
  }

  /** How far each stage's drift takes the next stage's head; 0 for the last. */
  float[] ahead(float length) {
    return scaled(ahead, length);
  }

  private static float[] scaled(double[] values, float length) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = (float) (values[i] * length);
    }
    return scaled;
  }
}
