package dev.hyperflow.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The peer of the accuracy check is the real one: golden/make_logistic_regression.py. */
class LogisticRegressionTest {

  private static final double TOLERANCE = 1e-5;

  private static final double[] SKLEARN_C1 = {
    0.084115, -0.406070, 0.751795, 0.193728, -0.088025, 0.332790, -0.307755, -0.480563, -0.147486,
    0.025599, -0.416905, 0.713825, -0.271232, -0.046242, 0.062426
  };
  private static final double[] SKLEARN_C10 = {
    0.441224, -0.697017, 1.311562, 0.210689, -0.199629, 0.448846, -0.533639, -0.589356, -0.332294,
    0.104471, -0.890070, 1.230656, -0.722206, 0.121605, 0.095158
  };

  @Test
  void shouldFindTheCoefficientsOfScikitLearn() {
    shouldFind(1, SKLEARN_C1);
    shouldFind(10, SKLEARN_C10);
  }

  private static void shouldFind(double c, double[] expected) {
    // Given
    float[][] x = new float[18][4];
    int[] y = new int[18];
    for (int m = 0; m < 18; m++) {
      y[m] = (m * m + m / 3) % 3;
      for (int d = 0; d < 4; d++) {
        x[m][d] = (float) Math.sin(1.3 * m + 0.7 * d + 0.1 * m * d);
      }
    }

    // When
    double[] head = LogisticRegression.fit(c, 1e-6, x, y, 3);

    // Then, with intercepts centred as in the script
    double mean = (head[4] + head[9] + head[14]) / 3;
    for (int i = 0; i < head.length; i++) {
      assertThat(i % 5 == 4 ? head[i] - mean : head[i]).isCloseTo(expected[i], within(TOLERANCE));
    }
  }
}
