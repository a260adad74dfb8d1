package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AnalyticFlowTest {

  @Test
  void shouldPlanItsOwnIntegration() {
    IntegrationPlan plan = AnalyticFlow.standard().plan();
    assertThat(plan).isEqualTo(new IntegrationPlan(8, 8f, 0.5f, InitialBias.NEAREST_MEAN));
    assertThat(plan.stepLength()).isEqualTo(1f);
    assertThat(plan.times()).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f);
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    shouldRefuse(
        () -> flow(0f, 0.1f, 0.2f, 2.5f), "prototypeScale: expected 1.0E-6 to 1000.0, found 0.0");
    shouldRefuse(
        () -> flow(1f, Float.NaN, 0.2f, 2.5f),
        "regularisation: expected 1.0E-6 to 1000000.0, found NaN");
    shouldRefuse(() -> flow(1f, 0.1f, 1.5f, 2.5f), "curvature: expected 1.0E-6 to 1.0, found 1.5");
    shouldRefuse(
        () -> flow(1f, 0.1f, 0.2f, -1f), "constantFeature: expected 1.0E-6 to 1000.0, found -1.0");
    shouldRefuse(
        () -> new AnalyticFlow(1f, 0.1f, 0.2f, 2.5f, 0, 1f), "steps: expected 1 to 1000, found 0");
    shouldRefuse(
        () -> new IntegrationPlan(1001, 1f, 1f, InitialBias.ZERO),
        "steps: expected 1 to 1000, found 1001");
    shouldRefuse(
        () -> new IntegrationPlan(1, Float.POSITIVE_INFINITY, 1f, InitialBias.ZERO),
        "horizon: expected above 0 and at most 1000.0, found Infinity");
    shouldRefuse(
        () -> new IntegrationPlan(1, 1f, 0f, InitialBias.ZERO),
        "initialScale: expected above 0 and at most 1000.0, found 0.0");
  }

  private static AnalyticFlow flow(float scale, float ridge, float curvature, float constant) {
    return new AnalyticFlow(scale, ridge, curvature, constant, 8, 8f);
  }

  private static void shouldRefuse(ThrowingCallable construction, String message) {
    assertThatThrownBy(construction)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
