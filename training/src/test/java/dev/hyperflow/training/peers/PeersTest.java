package dev.hyperflow.training.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PeersTest {

  private static final int WAYS = 4;
  private static final int SHOTS = 3;
  private static final int DIMENSION = 40;
  private static final Offset<Float> ROUNDING = within(2e-4f);

  private final Random random = new Random(5);
  private final float[][] centres = gaussian(WAYS, 1);
  private final float[][] x = around(SHOTS, 0.5);
  private final int[] y = labels(SHOTS);
  private final float[][] queries = around(20, 0.5);
  private final int[] truth = labels(20);

  @Test
  void shouldMultiplyMatricesOfAnyShape() {
    for (int[] shape : new int[][] {{1, 1, 1}, {3, 5, 7}, {2, 70, 600}, {5, 129, 513}}) {
      // Given
      float[][] a = gaussian(shape[0], shape[1], 1);
      float[][] b = gaussian(shape[1], shape[2], 1);
      float[][] c = gaussian(shape[0], shape[2], 1);
      float[][] expected = Matrices.copy(c);
      for (int n = 0; n < shape[0]; n++) {
        for (int l = 0; l < shape[2]; l++) {
          for (int k = 0; k < shape[1]; k++) {
            expected[n][l] += a[n][k] * b[k][l];
          }
        }
      }

      // When
      Matrices.addProduct(c, a, b);

      // Then
      for (int n = 0; n < shape[0]; n++) {
        assertThat(c[n]).containsExactly(expected[n], ROUNDING);
      }
    }
  }

  @Test
  void shouldKeepInnerProductsInASpanThatSomeExamplesDoNotWiden() {
    // Given: an example twice, and one that is a sum of two
    float[][] examples = gaussian(6, 1);
    examples[3] = examples[1].clone();
    examples[5] = examples[0].clone();
    Matrices.addScaled(examples[5], 1, examples[2], 0, DIMENSION);

    // When
    Span span = Span.of(examples);

    // Then
    assertThat(span.rank()).isEqualTo(4);
    for (float[] coordinates : span.byExample()) {
      assertThat(coordinates[span.rank()]).isEqualTo(1f);
    }
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) {
        double expected = Matrices.dot(examples[i], examples[j]);
        double found = Matrices.dot(span.byExample()[i], span.byExample()[j]) - 1;
        assertThat(found).isCloseTo(expected, within(1e-4 * DIMENSION));
      }
    }
  }

  @Test
  void shouldAnswerWithTheNearestMeanAndTheNearestExample() {
    // Given
    float[][] columns = Matrices.transposed(queries);

    // When
    int[] prototypes = Answers.argmax(Prototypes.fit(x, y, WAYS).logits(columns));
    int[] neighbours = Answers.nearestNeighbour(x, y, columns);

    // Then
    for (int q = 0; q < queries.length; q++) {
      double[] toMean = new double[WAYS];
      double[] toExample = new double[WAYS];
      Arrays.fill(toExample, Double.POSITIVE_INFINITY);
      for (int n = 0; n < WAYS; n++) {
        float[] mean = new float[DIMENSION];
        for (int m = 0; m < x.length; m++) {
          if (y[m] == n) {
            Matrices.addScaled(mean, 1f / SHOTS, x[m], 0, DIMENSION);
            toExample[n] = Math.min(toExample[n], distance(x[m], queries[q]));
          }
        }
        toMean[n] = distance(mean, queries[q]);
      }
      assertThat(prototypes[q]).isEqualTo(smallest(toMean));
      assertThat(neighbours[q]).isEqualTo(smallest(toExample));
    }
  }

  @Test
  void shouldTakeOneStepAlongTheGradient() {
    // Given
    GradientDescent tuning = new GradientDescent(2, 0.5f);
    float[][] start = Prototypes.weights(x, DIMENSION, y, WAYS, 2);
    float[][] logits = LinearHead.of(start).logits(Matrices.transposed(x));

    // When
    float[][] head = tuning.fit(List.of(1), x, y, WAYS).get(0).toArray();

    // Then
    for (int n = 0; n < WAYS; n++) {
      for (int m = 0; m < x.length; m++) {
        double total = 0;
        for (int other = 0; other < WAYS; other++) {
          total += Math.exp(logits[other][m] - logits[n][m]);
        }
        float pull = (float) ((y[m] == n ? 1 : 0) - 1 / total) * 0.5f / x.length;
        Matrices.addScaled(start[n], pull, x[m], 0, DIMENSION);
        start[n][DIMENSION] += pull;
      }
      assertThat(head[n]).containsExactly(start[n], ROUNDING);
    }
  }

  @Test
  void shouldTuneFurtherWithMoreSteps() {
    List<LinearHead> heads = new GradientDescent(0.02f, 0.1f).fit(List.of(0, 10, 100), x, y, WAYS);
    double[] losses = heads.stream().mapToDouble(this::supportLoss).toArray();
    assertThat(losses[1]).isLessThan(losses[0]);
    assertThat(losses[2]).isLessThan(losses[1]);
  }

  @Test
  void shouldRegulariseMoreWhereLabelsAreNoise() {
    // Given: many examples with random labels, and clean ones
    float[][] noise = gaussian(200, 1);
    int[] random = new Random(1).ints(200, 0, 2).toArray();
    float[][] clean = around(20, 0.3);

    // Then: nothing to gain in one, nothing to lose in the other
    assertThat(CrossValidatedRegression.choose(noise, random, 2)).isLessThan(100);
    assertThat(CrossValidatedRegression.choose(clean, labels(20), WAYS)).isEqualTo(0.1);
    assertThat(CrossValidatedRegression.choose(centres, new int[] {0, 1, 2, 3}, WAYS)).isEqualTo(1);
  }

  @Test
  void shouldSolveEpisodesWithEveryPeer() {
    // Given
    float[][] columns = Matrices.transposed(queries);

    // Then: the centres are far apart
    assertThat(accuracy(Answers.argmax(LogisticRegression.fit(1, x, y, WAYS).logits(columns))))
        .isGreaterThan(0.95);
    assertThat(accuracy(Answers.argmax(CrossValidatedRegression.fit(x, y, WAYS).logits(columns))))
        .isGreaterThan(0.95);
    assertThat(accuracy(Answers.nearestNeighbour(x, y, columns))).isGreaterThan(0.95);
  }

  @Test
  void shouldRefuseARateThatGoesNowhere() {
    assertThatThrownBy(() -> new GradientDescent(1, 0))
        .hasMessageContaining("expected scale and rate above 0, found 1.0 and 0.0");
  }

  private double accuracy(int[] chosen) {
    int right = 0;
    for (int q = 0; q < chosen.length; q++) {
      right += chosen[q] == truth[q] ? 1 : 0;
    }
    return (double) right / chosen.length;
  }

  private double supportLoss(LinearHead head) {
    float[][] weights = head.toArray();
    Span whole = Span.of(concatenated(x, x, x, x, x, x, x));
    int[] labels = new int[7 * y.length];
    Arrays.setAll(labels, m -> y[m % y.length]);
    SoftmaxLoss loss = new SoftmaxLoss(whole, labels, WAYS);
    return loss.evaluate(weights, loss.zeros());
  }

  private static float[][] concatenated(float[][]... parts) {
    return Arrays.stream(parts).flatMap(Arrays::stream).toArray(float[][]::new);
  }

  private static int[] labels(int each) {
    int[] labels = new int[WAYS * each];
    Arrays.setAll(labels, m -> m / each);
    return labels;
  }

  private float[][] around(int each, double noise) {
    float[][] rows = gaussian(WAYS * each, noise);
    for (int m = 0; m < rows.length; m++) {
      Matrices.addScaled(rows[m], 1, centres[m / each], 0, DIMENSION);
    }
    return rows;
  }

  private float[][] gaussian(int rows, double deviation) {
    return gaussian(rows, DIMENSION, deviation);
  }

  private float[][] gaussian(int rows, int columns, double deviation) {
    float[][] result = new float[rows][columns];
    for (float[] row : result) {
      for (int d = 0; d < columns; d++) {
        row[d] = (float) (deviation * random.nextGaussian());
      }
    }
    return result;
  }

  private static double distance(float[] a, float[] b) {
    float[] difference = a.clone();
    Matrices.addScaled(difference, -1, b, 0, b.length);
    return Matrices.dot(difference, difference);
  }

  private static int smallest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] < values[best] ? i : best;
    }
    return best;
  }
}
