package dev.hyperflow.models.internal.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.SupportSet;
import org.junit.jupiter.api.Test;

class PointTest {

  private static final SupportSet SUPPORT =
      SupportSet.builder(1, 1).add(0, 1f, new float[] {1f}).build();

  @Test
  void shouldMoveAlongTheDriftAndStayWhereItIs() {
    Point point = Point.at(new float[] {1f, 2f}, 0f, constant(3f, -4f), SUPPORT);
    assertThat(point.moved(0.5f)).containsExactly(2.5f, 0f);
    assertThat(point.head()).containsExactly(1f, 2f);
    assertThat(point.driftNorm()).isEqualTo(5f);
    assertThat(point.loss(SUPPORT)).isZero();
  }

  @Test
  void shouldAskNoDriftOfAHeadThatIsNotFinite() {
    Point point = Point.at(new float[] {Float.NaN, 0f}, 0f, constant(1f, 1f), SUPPORT);
    assertThat(point.driftNorm()).isNaN();
    assertThat(point.loss(SUPPORT)).isNaN();
    assertThat(point.moved(1f)).containsOnly(Float.NaN);
  }

  @Test
  void shouldOverflowAsAGraphDoes() {
    Point point = Point.at(new float[2], 0f, constant(1e20f, 1e20f), SUPPORT);
    assertThat(point.driftNorm()).isInfinite();
  }

  private static DriftField constant(float weight, float bias) {
    return new DriftField() {

      @Override
      public float[] drift(Head head, float t, SupportSet support) {
        return new float[] {weight, bias};
      }

      @Override
      public void close() {}
    };
  }
}
