package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import org.junit.jupiter.api.Test;

class SafeguardTest {

  private static final SupportSet TASK =
      SupportSet.builder(1, 1).add(0, 1f, new float[] {1f}).build();
  private static final float[] START = {1f, 0f};
  private static final float[] END = {2f, 0f};
  private static final float[] BETTER = {9f, 1f, 9f, 0.5f};

  @Test
  void shouldTakeAnEndThatIsBetterThanTheStart() {
    Integration result = Safeguard.apply(TASK, START, END, BETTER);
    assertThat(result.safeguarded()).isFalse();
    assertThat(result.initial().toArray()).isEqualTo(START);
    assertThat(result.adapted().toArray()).isEqualTo(END);
  }

  @Test
  void shouldTellThatTheEndWasWorseOrDiverged() {
    float[] worse = {9f, 1f, 9f, 1.5f};
    assertThat(Safeguard.apply(TASK, START, END, worse).safeguarded()).isTrue();
    float[] diverged = {9f, 1f, 9f, Float.NaN};
    assertThat(Safeguard.apply(TASK, START, END, diverged).safeguarded()).isTrue();
  }

  @Test
  void shouldFallBackToTheStartIfTheEndIsNotFinite() {
    float[] broken = {Float.POSITIVE_INFINITY, 0f};
    Integration result = Safeguard.apply(TASK, START, broken, BETTER);
    assertThat(result.safeguarded()).isTrue();
    assertThat(result.adapted()).isEqualTo(result.initial());
  }

  @Test
  void shouldRefuseAStartThatIsNotFinite() {
    float[] broken = {Float.NaN, 0f};
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> Safeguard.apply(TASK, broken, END, BETTER))
        .withMessageStartingWith(
            "output initial_head: expected finite values, found others for SupportSet[");
  }
}
