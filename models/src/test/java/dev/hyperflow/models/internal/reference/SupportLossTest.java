package dev.hyperflow.models.internal.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.SupportSet;
import org.junit.jupiter.api.Test;

class SupportLossTest {

  /** One feature, which is 1 for the first label and −1 for the second, three times as heavy. */
  private static final SupportSet SUPPORT =
      SupportSet.builder(1, 2).add(0, 1f, new float[] {1f}).add(1, 3f, new float[] {-1f}).build();

  @Test
  void shouldBeTheLogarithmOfTheLabelsForAHeadThatKnowsNothing() {
    Head zero = Head.of(2, 1, new float[4]);
    assertThat(SupportLoss.of(zero, SUPPORT)).isCloseTo(Math.log(2), within(1e-12));
  }

  @Test
  void shouldWeighExamples() {
    // Given a head that prefers the first label by 1, whatever the example
    Head head = Head.of(2, 1, new float[] {0f, 1f, 0f, 0f});

    // Then
    double first = Math.log1p(Math.exp(-1));
    double second = Math.log1p(Math.exp(1));
    assertThat(SupportLoss.of(head, SUPPORT)).isCloseTo((first + 3 * second) / 4, within(1e-12));
  }

  @Test
  void shouldNotOverflow() {
    Head wrong = Head.of(2, 1, new float[] {-1e20f, 0f, 1e20f, 0f});
    assertThat(SupportLoss.of(wrong, SUPPORT)).isCloseTo(2e20, within(1e14));
  }

  @Test
  void shouldRefuseAHeadOfMoreFeatures() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> SupportLoss.of(Head.of(2, 2, new float[6]), SUPPORT));
  }
}
