package dev.hyperflow.models.internal.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceIntegratorTest {

  /** One feature, which is 1 for the first label and −1 for the second. */
  private static final SupportSet SUPPORT =
      SupportSet.builder(1, 2).add(0, 1f, new float[] {1f}).add(1, 1f, new float[] {-1f}).build();

  private static final Head START = Head.of(2, 1, new float[] {1f, 0f, -1f, 0f});

  @Test
  void shouldStepToTheHorizonAndLookAtTheEnd() {
    // Given a constant drift that notes when it is asked
    List<Float> times = new ArrayList<>();
    DriftField field =
        field(
            (head, t) -> {
              times.add(t);
              return new float[] {3f, 0f, -4f, 0f};
            });

    // When two steps of length 1.5 are taken
    Integration result = new ReferenceIntegrator(field, 2, 3).integrate(START, SUPPORT);

    // Then
    assertThat(times).containsExactly(0f, 1.5f, 3f);
    assertThat(result.initial()).isEqualTo(START);
    assertThat(result.adapted().toArray()).containsExactly(10f, 0f, -13f, 0f);
    assertThat(result.trace().steps()).isEqualTo(2);
    assertThat(result.trace().driftNorm(2)).isEqualTo(5f);
  }

  @Test
  void shouldKeepTheBestPointOfATrajectoryThatEndsWorseThanItStarted() {
    // Given a drift that turns around after the first step
    DriftField field = field((head, t) -> scaled(head.toArray(), t < 1 ? 1f : -2f));

    // When
    Integration result = new ReferenceIntegrator(field, 2, 2).integrate(START, SUPPORT);

    // Then
    assertThat(result.safeguarded()).isTrue();
    assertThat(result.adapted().toArray()).containsExactly(2f, 0f, -2f, 0f);
    assertThat(result.trace().supportLoss(2)).isGreaterThan(result.trace().supportLoss(0));
  }

  @Test
  void shouldKeepTheStartWhenNothingElseIsFinite() {
    DriftField field = field((head, t) -> scaled(head.toArray(), Float.POSITIVE_INFINITY));
    Integration result = new ReferenceIntegrator(field, 3, 3).integrate(START, SUPPORT);
    assertThat(result.safeguarded()).isTrue();
    assertThat(result.adapted()).isEqualTo(START);
    assertThat(result.trace().supportLoss(3)).isNaN();
  }

  private static float[] scaled(float[] values, float factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private interface Formula {

    float[] drift(Head head, float t);
  }

  private static DriftField field(Formula formula) {
    return new DriftField() {

      @Override
      public float[] drift(Head head, float t, SupportSet support) {
        return formula.drift(head, t);
      }

      @Override
      public void close() {}
    };
  }
}
