package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TraceTest {

  private final Trace trace = Trace.of(new float[] {1f, 2f, 3f, 4f, 5f, 6f});

  @Test
  void shouldReadPairsOfNormAndLoss() {
    assertThat(trace.steps()).isEqualTo(2);
    assertThat(trace.driftNorm(1)).isEqualTo(3f);
    assertThat(trace.supportLoss(2)).isEqualTo(6f);
    assertThat(trace).hasToString("Trace[steps=2, supportLoss=2.0 → 6.0]");
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> trace.driftNorm(3));
  }

  @Test
  void shouldTellWhatIsFinite() {
    assertThat(trace.finite()).isTrue();
    assertThat(Trace.of(new float[] {1f, 2f, Float.NaN, 1f}).finite()).isFalse();
    assertThat(Trace.of(new float[] {1f, Float.POSITIVE_INFINITY, 1f, 1f}).finite()).isFalse();
  }

  @Test
  void shouldCopyAndCompareBits() {
    float[] values = {Float.NaN, 2f, 3f, 4f};
    Trace copy = Trace.of(values);
    assertThat(copy).isEqualTo(Trace.of(values)).hasSameHashCodeAs(Trace.of(values));
    values[1] = 9f;
    assertThat(copy.supportLoss(0)).isEqualTo(2f);
    assertThat(copy).isNotEqualTo(Trace.of(values));
  }

  @Test
  void shouldRefuseFewerThanTwoPoints() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trace.of(new float[2]))
        .withMessage("trace: expected pairs for at least two points, found 2 floats");
    assertThatIllegalArgumentException().isThrownBy(() -> Trace.of(new float[5]));
  }
}
