package dev.hyperflow.models.internal.graph;

import dev.hyperflow.models.internal.Check;

/**
 * Hyperparameters of the analytic flow: softmax regression anchored at the prototype head, with a
 * fixed curvature bound as preconditioner.
 *
 * @param prototypeScale s₀, factor of the class means in the anchor and the initial head; 1e-6 to
 *     1000
 * @param regularisation λ, weight of ½‖W − W₀‖² against the summed cross-entropy of the support
 *     set; 1e-6 to 1e6. (The C of scikit-learn is 1/λ.)
 * @param curvature c, curvature that the preconditioner assumes for the cross-entropy of one
 *     example; 1e-6 to 1. Below half the true curvature, which is at most ½, the flow may overshoot
 * @param constantFeature what multiplies the bias inside the regulariser: the larger, the freer the
 *     bias; 1e-6 to 1000
 * @param steps Euler steps, 1 to 1000
 * @param horizon end of the flow in flow time, above 0, at most 1000. A step of length 1 is one
 *     full Newton-like step
 */
public record AnalyticFlow(
    float prototypeScale,
    float regularisation,
    float curvature,
    float constantFeature,
    int steps,
    float horizon) {

  private static final float SMALLEST = 1e-6f;

  public AnalyticFlow {
    range("prototypeScale", prototypeScale, SMALLEST, 1000);
    range("regularisation", regularisation, SMALLEST, 1e6f);
    range("curvature", curvature, SMALLEST, 1);
    range("constantFeature", constantFeature, SMALLEST, 1000);
    IntegrationPlan.checkGrid(steps, horizon);
  }

  /** The values of the bundle {@code minilm-analytic-v0}. */
  public static AnalyticFlow standard() {
    return new AnalyticFlow(0.5f, 0.1f, 0.2f, 2.5f, 8, 8f);
  }

  /** How this flow is integrated: from its own anchor. */
  public IntegrationPlan plan() {
    return new IntegrationPlan(steps, horizon, prototypeScale, InitialBias.NEAREST_MEAN);
  }

  private static void range(String name, float value, float min, float max) {
    Check.check(value >= min && value <= max, name, min + " to " + max, value);
  }
}
