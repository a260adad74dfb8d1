package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrationPlanTest {

  @Test
  void shouldLayPointsFromTheStartToTheHorizon() {
    IntegrationPlan plan = new IntegrationPlan(4, 6f, 1f, InitialBias.ZERO);
    assertThat(plan.stepLength()).isEqualTo(1.5f);
    assertThat(plan.times()).containsExactly(0f, 1.5f, 3f, 4.5f, 6f);
  }

  @Test
  void shouldEndAtTheHorizonHoweverItDivides() {
    float[] times = new IntegrationPlan(1000, 0.3f, 1f, InitialBias.ZERO).times();
    assertThat(times).hasSize(1001).isSorted();
    assertThat(times[1000]).isEqualTo(0.3f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0    | 1    | 1    | steps: expected 1 to 1000, found 0",
        "1001 | 1    | 1    | steps: expected 1 to 1000, found 1001",
        "1    | 0    | 1    | horizon: expected above 0 and at most 1000.0, found 0.0",
        "1    | NaN  | 1    | horizon: expected above 0 and at most 1000.0, found NaN",
        "1    | 1    | 1001 | initialScale: expected above 0 and at most 1000.0, found 1001.0"
      })
  void shouldRefuse(int steps, float horizon, float scale, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IntegrationPlan(steps, horizon, scale, InitialBias.ZERO))
        .withMessage(message);
  }
}
