package dev.hyperflow.training.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Axes of largest variance: eigenvectors of a covariance, by Jacobi's rotations. */
final class PrincipalAxes {

  /*
   * Cyclic Jacobi (Golub & Van Loan, Matrix Computations, 8.5): each rotation zeroes one pair of
   * entries. A handful of sweeps over all pairs makes the matrix diagonal to double precision.
   */
  private static final int MAX_SWEEPS = 30;
  private static final double NEGLIGIBLE = 1e-12;

  private PrincipalAxes() {}

  /** The axes of the coordinates themselves. */
  static double[][] identity(int size) {
    double[][] identity = new double[size][size];
    for (int d = 0; d < size; d++) {
      identity[d][d] = 1;
    }
    return identity;
  }

  /**
   * Finds the axes.
   *
   * @param covariance a symmetric matrix, which is overwritten
   * @param count how many, at most as many as the matrix has rows
   * @return as many rows of length 1, that of the largest variance first
   */
  static double[][] of(double[][] covariance, int count) {
    int n = covariance.length;
    double[][] vectors = identity(n);
    double size = Arrays.stream(covariance).flatMapToDouble(Arrays::stream).map(x -> x * x).sum();
    for (int sweep = 0;
        sweep < MAX_SWEEPS && offDiagonal(covariance) > NEGLIGIBLE * size;
        sweep++) {
      for (int p = 0; p < n - 1; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(covariance, vectors, p, q);
        }
      }
    }
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -covariance[i][i]))
        .limit(count)
        .map(i -> vectors[i])
        .toArray(double[][]::new);
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      for (int q = 0; q < p; q++) {
        sum += 2 * a[p][q] * a[p][q];
      }
    }
    return sum;
  }

  private static void rotate(double[][] a, double[][] vectors, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(tangent, 1);
    double sine = tangent * cosine;
    for (double[] row : a) {
      double left = row[p];
      row[p] = cosine * left - sine * row[q];
      row[q] = sine * left + cosine * row[q];
    }
    turn(a[p], a[q], cosine, sine);
    turn(vectors[p], vectors[q], cosine, sine);
  }

  private static void turn(double[] first, double[] second, double cosine, double sine) {
    for (int d = 0; d < first.length; d++) {
      double left = first[d];
      first[d] = cosine * left - sine * second[d];
      second[d] = sine * left + cosine * second[d];
    }
  }
}
