package dev.hyperflow.models.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.Head;
import org.junit.jupiter.api.Test;

class HeadDistanceTest {

  private static final Head LEFT = Head.of(2, 1, new float[] {1f, 2f, 3f, 4f});
  private static final Head RIGHT = Head.of(2, 1, new float[] {1f, 2.5f, 3f, 5f});

  @Test
  void shouldMeasureTheLargestDifference() {
    assertThat(HeadDistance.difference(LEFT, RIGHT)).isEqualTo(1.0);
    assertThat(HeadDistance.difference(RIGHT, LEFT)).isEqualTo(1.0);
  }

  @Test
  void shouldRelateItToTheLargestWeightOfTheSecond() {
    assertThat(HeadDistance.relative(LEFT, RIGHT)).isEqualTo(0.2);
    assertThat(HeadDistance.relative(RIGHT, LEFT)).isEqualTo(0.25);
  }

  @Test
  void shouldCallEqualHeadsEqualEvenIfTheyAreZero() {
    Head zero = Head.of(1, 1, new float[2]);
    assertThat(HeadDistance.relative(zero, zero)).isZero();
    assertThat(HeadDistance.relative(Head.of(1, 1, new float[] {1f, 0f}), zero)).isInfinite();
  }
}
