package dev.hyperflow.engine.internal.suspect;

import java.util.Arrays;

/**
 * What ridge regression without an example says of it, for all examples at once: the closed form of
 * leave-one-out.
 *
 * <p>Source: Rifkin and Lippert, "Notes on regularized least squares", 2007.
 */
final class LeftOut {
  // With G = K + λ/w on the diagonal, the prediction of the regression without example i at i is
  // y_i − (G⁻¹ y)_i / (G⁻¹)_ii: exact, no regression is run twice. G = RᵀR, U = R⁻¹, and so
  // G⁻¹ = U Uᵀ, of which only the diagonal and the products with the labels' columns are made. All
  // loops add multiples of rows to a row, which the JIT compiler vectorises; it does not vectorise
  // sums of products. Cost: n²D/2 + n³/3 + n²N/2 multiplications for n examples of N labels.

  private static final double RIDGE = 0.3;

  /** Columns of a tile that stays in the cache while all rows pass. */
  private static final int TILE = 128;

  private static final int ROWS_AT_ONCE = 4;

  private LeftOut() {}

  /**
   * The score of each label for each example, from a regression on all other examples onto 1 for
   * the own label and 0 for the others.
   *
   * @param features [n][D], of any length
   * @param weights [n], above 0
   * @param rows [n], the label of each example, below {@code labels}
   * @return [n][labels]
   */
  static double[][] scores(float[][] features, float[] weights, int[] rows, int labels) {
    int n = features.length;
    double[][] matrix = products(features);
    double length = 0;
    for (int i = 0; i < n; i++) {
      length += matrix[i][i] / n;
    }
    double unit = Math.max(1, length);
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        matrix[i][j] = matrix[i][j] / unit + 1; // a constant feature stands for the bias
      }
      matrix[i][i] += RIDGE / weights[i];
    }
    factor(matrix);
    double[][] inverse = inverse(matrix);
    double[][] byLabel = new double[n][labels];
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        byLabel[j][rows[i]] += inverse[i][j];
      }
    }
    double[][] scores = matrix; // is not needed any more, and as large
    for (int i = 0; i < n; i++) {
      double[] score = new double[labels];
      addRows(score, inverse[i], byLabel, i, n, 0);
      double diagonal = 0;
      for (int j = i; j < n; j++) {
        diagonal += inverse[i][j] * inverse[i][j];
      }
      for (int label = 0; label < labels; label++) {
        score[label] /= -diagonal;
      }
      score[rows[i]] += 1;
      scores[i] = score;
    }
    return scores;
  }

  /** The upper triangle of the inner products. */
  private static double[][] products(float[][] features) {
    int n = features.length;
    int dimension = features[0].length;
    double[][] products = new double[n][n];
    double[][] tile = new double[dimension][];
    for (int from = 0; from < n; from += TILE) {
      int to = Math.min(n, from + TILE);
      for (int d = 0; d < dimension; d++) {
        tile[d] = new double[to - from];
        for (int j = from; j < to; j++) {
          tile[d][j - from] = features[j][d];
        }
      }
      double[] row = new double[to - from];
      for (int i = 0; i < to; i++) {
        Arrays.fill(row, 0);
        addRows(row, widened(features[i]), tile, 0, dimension, 0);
        int first = Math.max(i, from);
        System.arraycopy(row, first - from, products[i], first, to - first);
      }
    }
    return products;
  }

  private static double[] widened(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  /** The upper Cholesky factor, in place of the upper triangle of a positive definite matrix. */
  private static void factor(double[][] a) {
    int n = a.length;
    double[] factors = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        factors[k] = -a[k][i];
      }
      addRows(a[i], factors, a, 0, i, i);
      double pivot = Math.sqrt(a[i][i]);
      for (int j = i; j < n; j++) {
        a[i][j] /= pivot;
      }
    }
  }

  /** The inverse of an upper triangle, which is one. */
  private static double[][] inverse(double[][] r) {
    int n = r.length;
    double[][] u = new double[n][n];
    double[] factors = new double[n];
    for (int i = n - 1; i >= 0; i--) {
      double scale = 1 / r[i][i];
      for (int k = i + 1; k < n; k++) {
        factors[k] = -scale * r[i][k];
      }
      u[i][i] = scale;
      addRows(u[i], factors, u, i + 1, n, i + 1);
    }
    return u;
  }

  /** Adds rows {@code first} to {@code end}, each times its factor, from a column on. */
  private static void addRows(
      double[] to, double[] factors, double[][] rows, int first, int end, int column) {
    int k = first;
    for (; k + ROWS_AT_ONCE <= end; k += ROWS_AT_ONCE) {
      addFour(
          to,
          factors[k],
          rows[k],
          factors[k + 1],
          rows[k + 1],
          factors[k + 2],
          rows[k + 2],
          factors[k + 3],
          rows[k + 3],
          column);
    }
    for (; k < end; k++) {
      double factor = factors[k];
      double[] row = rows[k];
      for (int j = column; j < to.length; j++) {
        to[j] += factor * row[j];
      }
    }
  }

  private static void addFour(
      double[] to,
      double a,
      double[] rowA,
      double b,
      double[] rowB,
      double c,
      double[] rowC,
      double d,
      double[] rowD,
      int column) {
    for (int j = column; j < to.length; j++) {
      to[j] += a * rowA[j] + b * rowB[j] + c * rowC[j] + d * rowD[j];
    }
  }
}
