package dev.hyperflow.engine.internal.suspect;

/** Ridge regression on all examples but one, in its dual form, by elimination. */
final class RidgeWithout {
  private static final double RIDGE = 0.3;

  private RidgeWithout() {}

  /** The score of each label for the example that is left out. */
  static double[] predict(float[][] features, float[] weights, int[] rows, int labels, int left) {
    int n = features.length;
    double unit = 0;
    for (float[] own : features) {
      unit += dot(own, own) / n;
    }
    unit = Math.max(1, unit);
    double[][] system = new double[n - 1][n - 1 + labels];
    for (int i = 0; i < n - 1; i++) {
      int at = i < left ? i : i + 1;
      for (int j = 0; j < n - 1; j++) {
        system[i][j] = dot(features[at], features[j < left ? j : j + 1]) / unit + 1;
      }
      system[i][i] += RIDGE / weights[at];
      system[i][n - 1 + rows[at]] = 1;
    }
    eliminate(system);
    double[] scores = new double[labels];
    for (int i = 0; i < n - 1; i++) {
      double product = dot(features[left], features[i < left ? i : i + 1]) / unit + 1;
      for (int label = 0; label < labels; label++) {
        scores[label] += product * system[i][n - 1 + label];
      }
    }
    return scores;
  }

  private static void eliminate(double[][] system) {
    for (int k = 0; k < system.length; k++) {
      double pivot = system[k][k];
      for (int j = 0; j < system[k].length; j++) {
        system[k][j] /= pivot;
      }
      for (int i = 0; i < system.length; i++) {
        double factor = system[i][k];
        for (int j = 0; i != k && j < system[i].length; j++) {
          system[i][j] -= factor * system[k][j];
        }
      }
    }
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int d = 0; d < one.length; d++) {
      sum += (double) one[d] * other[d];
    }
    return sum;
  }
}
