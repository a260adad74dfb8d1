package dev.hyperflow.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MeasuresTest {

  private static final Offset<Double> EXACT = within(1e-9);
  private static final Offset<Double> SINGLE = within(1e-6);

  @Test
  void shouldFindTheAreaUnderTheCurve() {
    assertThat(Auroc.of(new float[] {3, 4}, new float[] {1, 2})).isCloseTo(1, EXACT);
    assertThat(Auroc.of(new float[] {1, 2}, new float[] {3, 4})).isCloseTo(0, EXACT);
    assertThat(Auroc.of(new float[] {1, 1}, new float[] {1, 1, 1})).isCloseTo(0.5, EXACT);
    // Of six pairs, three are won and one is a tie.
    assertThat(Auroc.of(new float[] {0.2f, 0.8f}, new float[] {0.2f, 0.5f, 0.1f}))
        .isCloseTo(4.5 / 6, EXACT);
  }

  @Test
  void shouldAgreeWithCountingPairs() {
    // Given
    Random random = new Random(3);
    float[] high = new float[60];
    float[] low = new float[40];
    for (int i = 0; i < 60; i++) {
      high[i] = random.nextInt(12) + 2;
      low[i % 40] = random.nextInt(12);
    }
    double wins = 0;
    for (float h : high) {
      for (float l : low) {
        wins += h > l ? 1 : h == l ? 0.5 : 0;
      }
    }

    // Then
    assertThat(Auroc.of(high, low)).isCloseTo(wins / 2400, EXACT);
  }

  @Test
  void shouldWeighBinsByTheirQueries() {
    // Given: three queries at 0.9, two of them right; one at 0.3, wrong; one at 1, right
    Reliability reliability = new Reliability();
    assertThat(reliability.isEmpty()).isTrue();
    reliability.add(0.9f, true);
    reliability.add(0.9f, true);
    reliability.add(0.9f, false);
    reliability.add(0.3f, false);
    reliability.add(1f, true);

    // Then: |2.7 − 2| and |0.3 − 0| and nothing, of five
    assertThat(reliability.expectedCalibrationError()).isCloseTo(1.0 / 5, SINGLE);
    assertThat(reliability.bins()).hasSize(3);
    assertThat(reliability.bins().get(1).accuracy()).isCloseTo(2.0 / 3, EXACT);
    assertThat(reliability.bins().get(1).share()).isCloseTo(0.6, EXACT);
  }

  @Test
  void shouldPoolReliability() {
    Reliability one = new Reliability();
    Reliability two = new Reliability();
    one.add(0.7f, true);
    two.add(0.7f, false);
    one.add(two);
    assertThat(one.expectedCalibrationError()).isCloseTo(0.2, SINGLE);
  }

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

  @Test
  void shouldReadConfidenceAndEnergyFromLogits() {
    // Given: two labels, two queries
    float[][] logits = {{2, 0}, {0, 6}};

    // When
    Response response = Response.of(logits, 2, Optional.empty());

    // Then
    assertThat(response.chosen()).containsExactly(0, 1);
    assertThat((double) response.confidence()[0]).isCloseTo(1 / (1 + Math.exp(-1)), SINGLE);
    assertThat((double) response.energy()[1]).isCloseTo(2 * Math.log(1 + Math.exp(3)), SINGLE);
    assertThat(response.accuracy(new int[] {0, 0})).isCloseTo(0.5, EXACT);
  }

  @Test
  void shouldLeaveDivergedPointsOutOfTheMean() {
    // Given
    TraceMean traces = new TraceMean();
    traces.add(Trace.of(new float[] {1, 2, 3, 4}));
    traces.add(Trace.of(new float[] {3, 4, Float.NaN, Float.NaN}));

    // Then
    assertThat(traces.points()).isEqualTo(2);
    assertThat(traces.diverged()).isEqualTo(1);
    assertThat(traces.driftNorm(0)).isCloseTo(2, EXACT);
    assertThat(traces.supportLoss(0)).isCloseTo(3, EXACT);
    assertThat(traces.supportLoss(1)).isCloseTo(4, EXACT);
  }

  @Test
  void shouldHandResultsOnInOrderWhateverTheThreads() {
    // Given: earlier work takes longer
    List<Integer> results = new ArrayList<>();

    // When
    try (OrderedWork work = new OrderedWork(3)) {
      for (int i = 0; i < 100; i++) {
        int number = i;
        work.submit(() -> spin(number % 7 == 0 ? 200_000 : 1, number), results::add);
      }
      work.finish();
    }

    // Then
    assertThat(results).hasSize(100).isSorted();
  }

  private static int spin(int rounds, int number) {
    double sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += Math.sin(i);
    }
    return Double.isNaN(sum) ? -1 : number;
  }

  @Test
  void shouldSayTimeAsPeopleDo() {
    assertThat(Progress.human(42_000_000_000L)).isEqualTo("42 s");
    assertThat(Progress.human(600_000_000_000L)).isEqualTo("10 min");
    assertThat(Progress.human(3_600_000_000_000L * 3)).isEqualTo("3.0 h");
  }
}
