package dev.hyperflow.models.graph;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;

/**
 * Multinomial logistic regression with an L2 penalty, the peer of the accuracy check: minimises C ·
 * Σ cross-entropy + ½‖W‖², intercepts unpenalised (the convention of scikit-learn), by L-BFGS.
 */
final class LogisticRegression {

  /*
   * L-BFGS: Nocedal & Wright, Numerical Optimization, alg. 7.4 (two loops) and Armijo backtracking;
   * the problem is convex, so a pair with positive curvature is always found near the optimum and
   * others are skipped. LogisticRegressionTest holds it against scikit-learn.
   */
  private static final int MEMORY = 10;
  private static final int MAX_ITERATIONS = 1000;
  private static final double ARMIJO = 1e-4;
  private static final double ROUNDING = 1e-14;

  private final double inverseRegularisation;
  private final double gradientTolerance;
  private final float[][] x;
  private final int[] y;
  private final int labels;
  private final int columns;

  private LogisticRegression(double c, double tolerance, float[][] x, int[] y, int labels) {
    this.inverseRegularisation = c;
    this.gradientTolerance = tolerance;
    this.x = x;
    this.y = y;
    this.labels = labels;
    this.columns = x[0].length + 1;
  }

  /**
   * Fits a head.
   *
   * @param c weight of the loss against the penalty
   * @param tolerance largest absolute entry of the gradient to stop at
   * @return labels × (D + 1), row by row, intercept last
   */
  static double[] fit(double c, double tolerance, float[][] x, int[] y, int labels) {
    return new LogisticRegression(c, tolerance, x, y, labels).minimise();
  }

  private double[] minimise() {
    double[] w = new double[labels * columns];
    double[] gradient = new double[w.length];
    double value = evaluate(w, gradient);
    Deque<double[][]> pairs = new ArrayDeque<>();
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      if (Arrays.stream(gradient).map(Math::abs).max().orElse(0) <= gradientTolerance) {
        return w;
      }
      double[] direction = direction(gradient, pairs);
      double slope = dot(direction, gradient);
      double step = pairs.isEmpty() ? 1 / Math.sqrt(dot(gradient, gradient)) : 1;
      double[] next = new double[w.length];
      double[] nextGradient = new double[w.length];
      double nextValue;
      while (true) {
        for (int j = 0; j < w.length; j++) {
          next[j] = w[j] + step * direction[j];
        }
        nextValue = evaluate(next, nextGradient);
        if (nextValue <= value + ARMIJO * step * slope + ROUNDING * Math.abs(value)) {
          break;
        }
        step /= 2;
      }
      double[] s = difference(next, w);
      double[] d = difference(nextGradient, gradient);
      if (dot(s, d) > 0) {
        pairs.addFirst(new double[][] {s, d});
        if (pairs.size() > MEMORY) {
          pairs.removeLast();
        }
      }
      w = next;
      gradient = nextGradient;
      value = nextValue;
    }
    throw new AssertionError("no convergence in " + MAX_ITERATIONS + " iterations");
  }

  private static double[] direction(double[] gradient, Deque<double[][]> pairs) {
    double[] q = gradient.clone();
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (double[][] pair : pairs) {
      alphas[i] = dot(pair[0], q) / dot(pair[0], pair[1]);
      add(q, -alphas[i++], pair[1]);
    }
    double scale = -1;
    if (!pairs.isEmpty()) {
      double[][] newest = pairs.getFirst();
      scale = -dot(newest[0], newest[1]) / dot(newest[1], newest[1]);
    }
    for (int j = 0; j < q.length; j++) {
      q[j] *= scale;
    }
    for (Iterator<double[][]> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      double[][] pair = oldest.next();
      add(q, -alphas[--i] - dot(pair[1], q) / dot(pair[0], pair[1]), pair[0]);
    }
    return q;
  }

  /** Returns the objective, and writes its gradient. */
  private double evaluate(double[] w, double[] gradient) {
    Arrays.fill(gradient, 0);
    double value = 0;
    double[] p = new double[labels];
    for (int m = 0; m < x.length; m++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int n = 0; n < labels; n++) {
        p[n] = score(w, n, x[m]);
        largest = Math.max(largest, p[n]);
      }
      double own = p[y[m]];
      double total = 0;
      for (int n = 0; n < labels; n++) {
        p[n] = Math.exp(p[n] - largest);
        total += p[n];
      }
      value += inverseRegularisation * (Math.log(total) + largest - own);
      for (int n = 0; n < labels; n++) {
        double residual = inverseRegularisation * (p[n] / total - (n == y[m] ? 1 : 0));
        int row = n * columns;
        for (int d = 0; d < columns - 1; d++) {
          gradient[row + d] += residual * x[m][d];
        }
        gradient[row + columns - 1] += residual;
      }
    }
    for (int n = 0; n < labels; n++) {
      for (int j = n * columns; j < (n + 1) * columns - 1; j++) {
        value += w[j] * w[j] / 2;
        gradient[j] += w[j];
      }
    }
    return value;
  }

  private double score(double[] w, int label, float[] features) {
    int row = label * columns;
    double a = w[row + columns - 1];
    double b = 0;
    int d = 0;
    for (; d + 1 < columns - 1; d += 2) {
      a += w[row + d] * features[d];
      b += w[row + d + 1] * features[d + 1];
    }
    return a + b + (d < columns - 1 ? w[row + d] * features[d] : 0);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] what) {
    for (int i = 0; i < to.length; i++) {
      to[i] += factor * what[i];
    }
  }

  private static double[] difference(double[] a, double[] b) {
    double[] result = a.clone();
    add(result, -1, b);
    return result;
  }
}
