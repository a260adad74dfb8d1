package dev.hyperflow.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ReliabilityTest {

  @Test
  void shouldWeighBinsByTheirQueries() {
    // Given: three queries at 0.9, two of them right; one at 0.3, wrong; one at 1, right
    Reliability reliability = new Reliability();
    assertThat(reliability.isEmpty()).isTrue();
    reliability.add(0.9, true, 1);
    reliability.add(0.9, true, 1);
    reliability.add(0.9, false, 1);
    reliability.add(0.3, false, 1);
    reliability.add(1, true, 1);

    // Then: |2.7 − 2| and |0.3 − 0| and nothing, of five
    assertThat(reliability.expectedCalibrationError()).isCloseTo(1.0 / 5, within(1e-9));
  }

  @Test
  void shouldCountAQueryOfDoubleWeightTwice() {
    Reliability reliability = new Reliability();
    reliability.add(0.8, true, 2);
    reliability.add(0.4, false, 1);
    assertThat(reliability.expectedCalibrationError()).isCloseTo(0.8 / 3, within(1e-9));
  }
}
