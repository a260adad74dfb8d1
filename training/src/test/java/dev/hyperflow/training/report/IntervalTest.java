package dev.hyperflow.training.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IntervalTest {

  private static final Offset<Double> EXACT = within(1e-9);

  @Test
  void shouldGiveIntervalsOfTheMean() {
    // Given: standard deviation √(10/3)
    Interval interval = Interval.of(new double[] {1, 2, 3, 5, 1, 2, 3, 5});

    // Then
    assertThat(interval.mean()).isCloseTo(2.75, EXACT);
    assertThat(interval.halfWidth()).isCloseTo(1.959964 * Math.sqrt(2.5 / 8), within(1e-6));
    assertThat(Interval.of(new double[] {4}).halfWidth()).isZero();
  }

  @Test
  void shouldPairDifferencesByEpisode() {
    // Given: the same difference everywhere, while both vary a lot
    Interval paired =
        Interval.ofDifferences(new double[] {0.3, 0.6, 0.9}, new double[] {0.2, 0.5, 0.8});

    // Then
    assertThat(paired.mean()).isCloseTo(0.1, EXACT);
    assertThat(paired.halfWidth()).isCloseTo(0, EXACT);
    assertThat(paired.points()).isEqualTo("+10.00 ± 0.00");
    assertThat(new Interval(-0.0012, 0.0005).points()).isEqualTo("−0.12 ± 0.05");
    assertThat(new Interval(0.8871, 0.0049).percent()).isEqualTo("88.7 ± 0.5");
  }

  @Test
  void shouldAddVariancesOfIndependentMeans() {
    Interval mean = Interval.ofMeans(List.of(new Interval(0.2, 0.03), new Interval(0.6, 0.04)));
    assertThat(mean.mean()).isCloseTo(0.4, EXACT);
    assertThat(mean.halfWidth()).isCloseTo(0.025, EXACT);
  }
}
