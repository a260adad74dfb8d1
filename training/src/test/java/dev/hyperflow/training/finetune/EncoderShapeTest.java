package dev.hyperflow.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EncoderShapeTest {

  @Test
  void shouldCountTwoOperationsForEachWeightAndToken() {
    // Given: one layer, 2 hidden, 3 inner: 4 · 4 + 2 · 6 = 28 weights
    EncoderShape shape = new EncoderShape(1, 1, 2, 3);

    // Then: 5 tokens pass them, and meet each other twice in 2 coordinates
    assertThat(shape.forwardOperations(1, 5)).isEqualTo(2 * 28 * 5 + 2 * 2 * 5 * 5 * 2);
    assertThat(shape.forwardOperations(7, 5)).isEqualTo(7 * shape.forwardOperations(1, 5));
  }

  @Test
  void shouldCountBackwardPasses() {
    EncoderShape shape = new EncoderShape(1, 1, 2, 3);
    double forward = shape.forwardOperations(3, 5);
    double head = 6 * 3 * 2 * 4;
    assertThat(TuningMode.BIAS_ONLY.stepOperations(forward, 3, 2, 4)).isEqualTo(2 * forward + head);
    assertThat(TuningMode.FULL.stepOperations(forward, 3, 2, 4)).isEqualTo(3 * forward + head);
  }

  @Test
  void shouldRefuseHeadsThatDoNotDivide() {
    assertThatThrownBy(() -> new EncoderShape(1, 3, 8, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1 layers, 3 heads, 8 hidden, 8 inner");
  }
}
