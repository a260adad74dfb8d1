package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.FeatureVector;
import java.util.List;

/** A projection of features to two dimensions: their first two principal components. Immutable. */
final class Projection {
  // Power iteration on the covariance without ever forming it, X'(Xv) / n, and the second component
  // with the first one taken out. Its start is fixed, so equal features give an equal map; the sign
  // is fixed by the largest entry.

  private static final int TURNS = 40;
  private static final int COMPONENTS = 2;
  private static final double TINY = 1e-12;

  private final double[] mean;
  private final double[][] axes;
  private final double[] explained;

  private Projection(double[] mean, double[][] axes, double[] explained) {
    this.mean = mean;
    this.axes = axes;
    this.explained = explained;
  }

  /** The projection of a sample, at least one vector, all of one dimension. */
  static Projection of(List<FeatureVector> sample) {
    int dimension = sample.get(0).dimension();
    double[] mean = new double[dimension];
    for (FeatureVector vector : sample) {
      for (int d = 0; d < dimension; d++) {
        mean[d] += vector.get(d) / (double) sample.size();
      }
    }
    double[][] rows = new double[sample.size()][dimension];
    double variance = 0;
    for (int i = 0; i < rows.length; i++) {
      for (int d = 0; d < dimension; d++) {
        rows[i][d] = sample.get(i).get(d) - mean[d];
        variance += rows[i][d] * rows[i][d];
      }
    }
    double[][] axes = new double[COMPONENTS][];
    double[] explained = new double[COMPONENTS];
    for (int c = 0; c < COMPONENTS; c++) {
      axes[c] = axis(rows, dimension, c);
      double along = deflate(rows, axes[c]);
      explained[c] = variance < TINY ? 0 : along / variance;
    }
    return new Projection(mean, axes, explained);
  }

  private static double[] axis(double[][] rows, int dimension, int component) {
    double[] axis = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      axis[d] = 1 + ((d * 7919 + component * 104729) % 101) / 101.0;
    }
    normalise(axis);
    for (int turn = 0; turn < TURNS; turn++) {
      double[] next = new double[dimension];
      for (double[] row : rows) {
        double along = dot(row, axis);
        for (int d = 0; d < dimension; d++) {
          next[d] += along * row[d];
        }
      }
      if (normalise(next) < TINY) {
        return new double[dimension];
      }
      axis = next;
    }
    int largest = 0;
    for (int d = 1; d < dimension; d++) {
      largest = Math.abs(axis[d]) > Math.abs(axis[largest]) ? d : largest;
    }
    if (axis[largest] < 0) {
      for (int d = 0; d < dimension; d++) {
        axis[d] = -axis[d];
      }
    }
    return axis;
  }

  /** Takes a direction out of all rows, and gives the variance that went with it. */
  private static double deflate(double[][] rows, double[] axis) {
    double variance = 0;
    for (double[] row : rows) {
      double along = dot(row, axis);
      variance += along * along;
      for (int d = 0; d < row.length; d++) {
        row[d] -= along * axis[d];
      }
    }
    return variance;
  }

  private static double normalise(double[] vector) {
    double norm = Math.sqrt(dot(vector, vector));
    if (norm >= TINY) {
      for (int d = 0; d < vector.length; d++) {
        vector[d] /= norm;
      }
    }
    return norm;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += one[d] * other[d];
    }
    return sum;
  }

  /** Where features are on an axis, 0 or 1. */
  double at(FeatureVector features, int axis) {
    double sum = 0;
    for (int d = 0; d < mean.length; d++) {
      sum += (features.get(d) - mean[d]) * axes[axis][d];
    }
    return sum;
  }

  /** The share of the variance that an axis, 0 or 1, shows. */
  double explained(int axis) {
    return explained[axis];
  }
}
