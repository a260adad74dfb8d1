package dev.hyperflow.training.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The examples of a support set in coordinates of the space they span, with a constant 1 as last
 * coordinate. A penalised linear head lies in that space. So a problem with few examples is solved
 * in as many dimensions as there are examples, instead of features. Immutable.
 */
final class Span {

  /*
   * Gram–Schmidt on the examples, the one with the largest rest first; every direction is
   * orthogonalised twice, which is enough (Parlett, The Symmetric Eigenvalue Problem, 6.9). Worth it
   * only while the examples are clearly fewer than the features: beyond half it costs more than the
   * iterations it shortens.
   */
  private static final double DEPENDENT = 1e-6;
  private static final int WORTHWHILE = 2;

  private final float[][] byExample; // [M][R + 1]
  private final float[][] byCoordinate; // [R + 1][M]
  private final float[][] basis; // [R][D]; null where coordinates are features

  private Span(float[][] byCoordinate, float[][] basis) {
    this.byCoordinate = byCoordinate;
    this.byExample = Matrices.transposed(byCoordinate);
    this.basis = basis;
  }

  /** The span of examples, [M][D]. */
  static Span of(float[][] x) {
    float[][] columns = Matrices.transposed(x);
    if (x.length * WORTHWHILE > x[0].length) {
      return new Span(withOnes(columns, x.length), null);
    }
    double[] rest = new double[x.length];
    for (int m = 0; m < x.length; m++) {
      rest[m] = Matrices.dot(x[m], x[m]);
    }
    double negligible = DEPENDENT * rest[largest(rest)];
    List<float[]> basis = new ArrayList<>();
    List<float[]> coordinates = new ArrayList<>();
    for (int p = largest(rest); rest[p] > negligible; p = largest(rest)) {
      float[] direction = direction(x[p], basis);
      float[][] coordinate = new float[1][x.length];
      Matrices.addProduct(coordinate, new float[][] {direction}, columns);
      basis.add(direction);
      coordinates.add(coordinate[0]);
      for (int m = 0; m < x.length; m++) {
        rest[m] -= (double) coordinate[0][m] * coordinate[0][m];
      }
      rest[p] = 0;
    }
    return new Span(
        withOnes(coordinates.toArray(new float[0][]), x.length), basis.toArray(new float[0][]));
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  private static float[] direction(float[] x, List<float[]> basis) {
    float[] direction = x.clone();
    for (int pass = 0; pass < 2; pass++) {
      for (float[] other : basis) {
        float along = (float) Matrices.dot(direction, other);
        Matrices.addScaled(direction, -along, other, 0, direction.length);
      }
    }
    float scale = (float) (1 / Math.sqrt(Matrices.dot(direction, direction)));
    for (int d = 0; d < direction.length; d++) {
      direction[d] *= scale;
    }
    return direction;
  }

  private static float[][] withOnes(float[][] coordinates, int examples) {
    float[][] result = Arrays.copyOf(coordinates, coordinates.length + 1);
    result[coordinates.length] = new float[examples];
    Arrays.fill(result[coordinates.length], 1f);
    return result;
  }

  /** Number R of coordinates, without the constant. */
  int rank() {
    return byCoordinate.length - 1;
  }

  /** Coordinates by example, [M][R + 1]. */
  float[][] byExample() {
    return byExample;
  }

  /** The same by coordinate, [R + 1][M]. */
  float[][] byCoordinate() {
    return byCoordinate;
  }

  /** From weights of coordinates, [N][R + 1], to weights of features, [N][D + 1]. */
  LinearHead head(float[][] weights) {
    if (basis == null) {
      return LinearHead.of(weights);
    }
    int dimension = basis[0].length;
    float[][] products = new float[weights.length][dimension];
    Matrices.addProduct(products, weights, basis);
    float[][] rows = new float[weights.length][dimension + 1];
    for (int n = 0; n < rows.length; n++) {
      System.arraycopy(products[n], 0, rows[n], 0, dimension);
      rows[n][dimension] = weights[n][rank()];
    }
    return LinearHead.of(rows);
  }

  /** The other way round, for a head that lies in the span: [N][R + 1]. */
  float[][] weights(LinearHead head) {
    float[][] rows = head.toArray();
    if (basis == null) {
      return rows;
    }
    float[][] weights = new float[rows.length][rank() + 1];
    for (int n = 0; n < rows.length; n++) {
      float[] features = Arrays.copyOf(rows[n], basis[0].length);
      for (int r = 0; r < rank(); r++) {
        weights[n][r] = (float) Matrices.dot(features, basis[r]);
      }
      weights[n][rank()] = rows[n][features.length];
    }
    return weights;
  }
}
