package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridTest {

  @ParameterizedTest
  @CsvSource({"-1, 1", "-0.17, 6", "0, 3", "2, 3", "-5, -2", "0, 0"})
  void shouldKeepZeroAndRoundWithinHalfAStep(float low, float high) {
    Grid grid = Grid.between(low, high);
    assertThat(grid.round(0)).isZero();
    float from = Math.min(0, low);
    float to = Math.max(0, high);
    for (int i = 0; i <= 100; i++) {
      float value = from + (to - from) * i / 100;
      assertThat(grid.round(value)).isCloseTo(value, within(grid.step() * 1.01f));
    }
  }

  @Test
  void shouldCutOffWhatIsBeyondTheEnds() {
    Grid grid = Grid.between(-1, 1);
    assertThat(grid.round(1000)).isCloseTo(1, within(grid.step()));
    assertThat(grid.round(-1000)).isCloseTo(-1, within(grid.step()));
  }

  @Test
  void shouldRefuseAStepOfZeroAndALevelBeyondAByte() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid(0, 1))
        .withMessage("step: expected above 0 and finite, found 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid(1, 256))
        .withMessage("zero: expected 0 to 255, found 256");
  }
}
