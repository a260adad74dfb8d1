package dev.hyperflow.training.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The peer is the real one: golden/make_logistic_regression.py. */
class LogisticRegressionTest {

  private static final double TOLERANCE = 1e-5;
  private static final double OF_THE_GRADIENT = 1e-7;
  private static final int DIMENSION = 4;

  private static final double[] SKLEARN_C1 = {
    0.084115, -0.406070, 0.751795, 0.193728, -0.088025, 0.332790, -0.307755, -0.480563, -0.147486,
    0.025599, -0.416905, 0.713825, -0.271232, -0.046242, 0.062426
  };

  /** How far apart two searches may end with the tolerance that callers get. */
  private static final double OF_A_START = 0.005;

  private static final double[] SKLEARN_C10 = {
    0.441224, -0.697017, 1.311562, 0.210689, -0.199629, 0.448846, -0.533639, -0.589356, -0.332294,
    0.104471, -0.890070, 1.230656, -0.722206, 0.121605, 0.095158
  };

  @Test
  void shouldFindTheCoefficientsOfScikitLearn() {
    shouldFind(1, DIMENSION, SKLEARN_C1);
    shouldFind(10, DIMENSION, SKLEARN_C10);
  }

  @Test
  void shouldFindTheSameInTheSpanOfFewExamples() {
    // Given: so many more features, all zero, that the problem is solved in the span
    int features = 100;
    assertThat(Span.of(examples(features)).rank()).isEqualTo(DIMENSION);

    // Then
    shouldFind(1, features, SKLEARN_C1);
    shouldFind(10, features, SKLEARN_C10);
  }

  @Test
  void shouldFindTheSameFromAStart() {
    for (int features : new int[] {DIMENSION, 100}) {
      // Given: a head of the first examples, of which none has the last label
      int[] y = {0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 2, 2, 1, 0, 2, 1, 2, 2};
      float[][] x = examples(features);
      LinearHead start = LogisticRegression.fit(10, Arrays.copyOf(x, 9), Arrays.copyOf(y, 9), 2);

      // When
      float[][] fromStart = LogisticRegression.fit(10, x, y, 3, start).toArray();
      float[][] fromZeros = LogisticRegression.fit(10, x, y, 3).toArray();

      // Then
      for (int n = 0; n < 3; n++) {
        for (int d = 0; d < DIMENSION; d++) {
          assertThat(fromStart[n][d]).isCloseTo(fromZeros[n][d], within((float) OF_A_START));
        }
      }
    }
  }

  private static float[][] examples(int features) {
    float[][] x = new float[18][features];
    for (int m = 0; m < 18; m++) {
      for (int d = 0; d < DIMENSION; d++) {
        x[m][d] = (float) Math.sin(1.3 * m + 0.7 * d + 0.1 * m * d);
      }
    }
    return x;
  }

  private static void shouldFind(double c, int features, double[] expected) {
    // Given
    int[] y = new int[18];
    Arrays.setAll(y, m -> (m * m + m / 3) % 3);

    // When
    float[][] head = LogisticRegression.fit(c, OF_THE_GRADIENT, examples(features), y, 3).toArray();

    // Then, with intercepts centred as in the script
    double mean = (head[0][features] + head[1][features] + head[2][features]) / 3.0;
    for (int n = 0; n < 3; n++) {
      for (int d = 0; d < DIMENSION; d++) {
        assertThat((double) head[n][d])
            .isCloseTo(expected[n * (DIMENSION + 1) + d], within(TOLERANCE));
      }
      assertThat(head[n][features] - mean)
          .isCloseTo(expected[n * (DIMENSION + 1) + DIMENSION], within(TOLERANCE));
    }
  }
}
