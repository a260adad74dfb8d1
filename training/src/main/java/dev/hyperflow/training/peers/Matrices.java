package dev.hyperflow.training.peers;

import java.util.Arrays;

/** Products of float matrices given by rows; one thread, the same bits on every call. */
public final class Matrices {

  /*
   * C += A·B, two rows of C and four of B at a time, in stretches of columns and of inner rows that
   * stay in the first two levels of cache. The innermost loop runs along rows, so that the JIT
   * compiler makes vector instructions of it. It does 5 to 10 GFLOP/s a core, where a loop over dot
   * products does one. Sums are never reordered by the compiler, as they run across vector lanes,
   * not along.
   */
  private static final int COLUMNS = 512;
  private static final int INNER = 64;

  private Matrices() {}

  /**
   * Adds a product to a matrix.
   *
   * @param c [n][l], is changed; rows are different arrays
   * @param a [n][k or more]
   * @param b [k][l or more]
   */
  static void addProduct(float[][] c, float[][] a, float[][] b) {
    int columns = c[0].length;
    for (int from = 0; from < columns; from += COLUMNS) {
      int to = Math.min(columns, from + COLUMNS);
      for (int k = 0; k < b.length; k += INNER) {
        int end = Math.min(b.length, k + INNER);
        int n = 0;
        for (; n + 1 < c.length; n += 2) {
          addToTwo(c[n], c[n + 1], a[n], a[n + 1], b, k, end, from, to);
        }
        if (n < c.length) {
          addToOne(c[n], a[n], b, k, end, from, to);
        }
      }
    }
  }

  private static void addToTwo(
      float[] c, float[] d, float[] a, float[] e, float[][] b, int k, int end, int from, int to) {
    for (; k + 3 < end; k += 4) {
      four(c, d, a, e, k, b[k], b[k + 1], b[k + 2], b[k + 3], from, to);
    }
    for (; k < end; k++) {
      addScaled(c, a[k], b[k], from, to);
      addScaled(d, e[k], b[k], from, to);
    }
  }

  private static void four(
      float[] c,
      float[] d,
      float[] a,
      float[] e,
      int k,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      int from,
      int to) {
    float a0 = a[k];
    float a1 = a[k + 1];
    float a2 = a[k + 2];
    float a3 = a[k + 3];
    float e0 = e[k];
    float e1 = e[k + 1];
    float e2 = e[k + 2];
    float e3 = e[k + 3];
    for (int i = from; i < to; i++) {
      c[i] += a0 * b0[i] + a1 * b1[i] + a2 * b2[i] + a3 * b3[i];
      d[i] += e0 * b0[i] + e1 * b1[i] + e2 * b2[i] + e3 * b3[i];
    }
  }

  private static void addToOne(
      float[] c, float[] a, float[][] b, int k, int end, int from, int to) {
    for (; k < end; k++) {
      addScaled(c, a[k], b[k], from, to);
    }
  }

  /** Adds a multiple of a vector to another, from one coordinate to before another. */
  public static void addScaled(float[] c, float factor, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      c[i] += factor * b[i];
    }
  }

  /** The transpose of a matrix with at least one row. */
  public static float[][] transposed(float[][] a) {
    float[][] result = new float[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  /** The sum of the products of all entries, in double precision. */
  static double dot(float[][] a, float[][] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += dot(a[i], b[i]);
    }
    return sum;
  }

  /** The product of two vectors of one length, in double precision. */
  public static double dot(float[] a, float[] b) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i + 1 < a.length; i += 2) {
      even += (double) a[i] * b[i];
      odd += (double) a[i + 1] * b[i + 1];
    }
    return even + odd + (i < a.length ? (double) a[i] * b[i] : 0);
  }

  static void addScaled(float[][] to, double factor, float[][] what) {
    for (int i = 0; i < to.length; i++) {
      addScaled(to[i], (float) factor, what[i], 0, to[i].length);
    }
  }

  static float[][] copy(float[][] a) {
    return Arrays.stream(a).map(float[]::clone).toArray(float[][]::new);
  }

  static void clear(float[][] a) {
    for (float[] row : a) {
      Arrays.fill(row, 0);
    }
  }
}
