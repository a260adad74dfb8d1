package dev.hyperflow.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {

  private static final double TOLERANCE = 1e-9;

  @Test
  void shouldFindTheAxesOfAnEllipse() {
    // Given variance 3 along (1, 1) and 1 along (1, −1)
    double[][] axes = PrincipalAxes.of(new double[][] {{2, 1}, {1, 2}}, 1);

    // Then
    assertThat(axes).hasNumberOfRows(1);
    assertThat(Math.abs(axes[0][0])).isCloseTo(Math.sqrt(0.5), within(TOLERANCE));
    assertThat(axes[0][1]).isCloseTo(axes[0][0], within(TOLERANCE));
  }

  @Test
  void shouldGiveOrthogonalAxesInTheOrderOfTheirVariance() {
    // Given a covariance of random factors
    int size = 24;
    Random random = new Random(5);
    double[][] factors = new double[size][size];
    for (double[] row : factors) {
      for (int d = 0; d < size; d++) {
        row[d] = random.nextGaussian();
      }
    }
    double[][] covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        for (double[] row : factors) {
          covariance[i][j] += row[i] * row[j];
        }
      }
    }
    double[][] copy = new double[size][];
    for (int i = 0; i < size; i++) {
      copy[i] = covariance[i].clone();
    }

    // When
    double[][] axes = PrincipalAxes.of(copy, size);

    // Then the covariance is diagonal along them, largest first
    double last = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        assertThat(dot(axes[i], axes[j])).isCloseTo(i == j ? 1 : 0, within(TOLERANCE));
        if (i != j) {
          assertThat(dot(axes[i], times(covariance, axes[j]))).isCloseTo(0, within(1e-4));
        }
      }
      double variance = dot(axes[i], times(covariance, axes[i]));
      assertThat(variance).isLessThanOrEqualTo(last);
      last = variance;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += a[d] * b[d];
    }
    return sum;
  }

  private static double[] times(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }
}
