package dev.hyperflow.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.training.report.Auroc;
import java.util.ArrayList;
import java.util.List;
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
  void shouldReadConfidenceAndEnergyFromLogits() {
    // Given: two labels, two queries
    float[][] logits = {{2, 0}, {0, 6}};

    // When
    Response response = Response.of(logits, 2);

    // Then
    assertThat(response.chosen()).containsExactly(0, 1);
    assertThat((double) response.confidence()[0]).isCloseTo(1 / (1 + Math.exp(-1)), SINGLE);
    assertThat((double) response.energy()[1]).isCloseTo(2 * Math.log(1 + Math.exp(3)), SINGLE);
    assertThat(response.accuracy(new int[] {0, 0})).isCloseTo(0.5, EXACT);
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
}
