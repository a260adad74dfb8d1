package dev.hyperflow.training.peers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Multinomial logistic regression with an L2 penalty: minimises C · Σ cross-entropy + ½‖W‖²,
 * intercepts unpenalised (the convention of scikit-learn), by L-BFGS.
 */
public final class LogisticRegression {

  /*
   * L-BFGS: Nocedal & Wright, Numerical Optimization, alg. 7.4 (two loops) and Armijo backtracking.
   * The problem is convex, so a pair with positive curvature is always found near the optimum, and
   * others are skipped. LogisticRegressionTest holds it against scikit-learn.
   *
   * It runs in single precision but for sums of the objective. Where rounding hides any further
   * descent, the point is as good as single precision has it, and is taken.
   */
  private static final int MEMORY = 12;
  private static final int MAX_ITERATIONS = 1000;
  private static final int MAX_HALVINGS = 30;
  private static final double ARMIJO = 1e-4;
  private static final double ROUNDING = 1e-7;

  /** Of the gradient of the mean objective; scikit-learn's default is ten times as much. */
  private static final double TOLERANCE = 1e-5;

  private final SoftmaxLoss loss;
  private final double c;
  private final double tolerance;

  private LogisticRegression(SoftmaxLoss loss, double c, double tolerance) {
    this.loss = loss;
    this.c = c;
    this.tolerance = tolerance * c * loss.examples();
  }

  /**
   * Fits a head.
   *
   * @param c weight of the loss against the penalty, above 0
   * @param x features of the examples, [M][D]
   * @param y their labels, 0 to ways − 1
   */
  public static LinearHead fit(double c, float[][] x, int[] y, int ways) {
    return fit(c, TOLERANCE, x, y, ways);
  }

  /**
   * Fits a head from a start, which shortens the search and changes the result by rounding alone.
   *
   * @param start a head that was fitted to some of these examples and to the first of these labels
   */
  public static LinearHead fit(double c, float[][] x, int[] y, int ways, LinearHead start) {
    Span span = Span.of(x);
    SoftmaxLoss loss = new SoftmaxLoss(span, y, ways);
    float[][] weights = loss.zeros();
    float[][] known = span.weights(start);
    System.arraycopy(known, 0, weights, 0, known.length);
    return span.head(new LogisticRegression(loss, c, TOLERANCE).minimise(weights));
  }

  static LinearHead fit(double c, double tolerance, float[][] x, int[] y, int ways) {
    Span span = Span.of(x);
    SoftmaxLoss loss = new SoftmaxLoss(span, y, ways);
    return span.head(new LogisticRegression(loss, c, tolerance).minimise(loss.zeros()));
  }

  /** Fits in the coordinates of a span, from a start that is not changed. */
  static float[][] fit(double c, SoftmaxLoss loss, float[][] start) {
    return new LogisticRegression(loss, c, TOLERANCE).minimise(Matrices.copy(start));
  }

  private float[][] minimise(float[][] start) {
    float[][] w = start;
    float[][] gradient = loss.zeros();
    double value = evaluate(w, gradient);
    Deque<Pair> pairs = new ArrayDeque<>();
    for (int i = 0; i < MAX_ITERATIONS && largest(gradient) > tolerance; i++) {
      float[][] direction = direction(gradient, pairs);
      double slope = Matrices.dot(direction, gradient);
      double step = pairs.isEmpty() ? 1 / Math.sqrt(Matrices.dot(gradient, gradient)) : 1;
      float[][] next = loss.zeros();
      float[][] nextGradient = loss.zeros();
      double nextValue = Double.POSITIVE_INFINITY;
      for (int halving = 0; halving < MAX_HALVINGS; halving++, step /= 2) {
        for (int n = 0; n < next.length; n++) {
          System.arraycopy(w[n], 0, next[n], 0, w[n].length);
        }
        Matrices.addScaled(next, step, direction);
        nextValue = evaluate(next, nextGradient);
        if (nextValue <= value + ARMIJO * step * slope + ROUNDING * Math.abs(value)) {
          break;
        }
      }
      if (!(nextValue <= value + ROUNDING * Math.abs(value))) {
        return w;
      }
      remember(new Pair(difference(next, w), difference(nextGradient, gradient)), pairs);
      w = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return w;
  }

  private static void remember(Pair pair, Deque<Pair> pairs) {
    if (pair.product > 0) {
      pairs.addFirst(pair);
      if (pairs.size() > MEMORY) {
        pairs.removeLast();
      }
    }
  }

  private double evaluate(float[][] w, float[][] gradient) {
    double value = c * loss.evaluate(w, gradient);
    int penalised = w[0].length - 1;
    double squares = 0;
    for (int n = 0; n < w.length; n++) {
      for (int r = 0; r < penalised; r++) {
        squares += (double) w[n][r] * w[n][r];
        gradient[n][r] = (float) c * gradient[n][r] + w[n][r];
      }
      gradient[n][penalised] *= (float) c;
    }
    return value + squares / 2;
  }

  private static float[][] direction(float[][] gradient, Deque<Pair> pairs) {
    float[][] q = Matrices.copy(gradient);
    double[] alphas = new double[pairs.size()];
    int i = 0;
    for (Pair pair : pairs) {
      alphas[i] = Matrices.dot(pair.step, q) / pair.product;
      Matrices.addScaled(q, -alphas[i++], pair.change);
    }
    double scale = -1;
    if (!pairs.isEmpty()) {
      Pair newest = pairs.getFirst();
      scale = -newest.product / Matrices.dot(newest.change, newest.change);
    }
    for (float[] row : q) {
      for (int r = 0; r < row.length; r++) {
        row[r] *= (float) scale;
      }
    }
    for (Iterator<Pair> oldest = pairs.descendingIterator(); oldest.hasNext(); ) {
      Pair pair = oldest.next();
      Matrices.addScaled(q, -alphas[--i] - Matrices.dot(pair.change, q) / pair.product, pair.step);
    }
    return q;
  }

  private static float[][] difference(float[][] a, float[][] b) {
    float[][] result = Matrices.copy(a);
    Matrices.addScaled(result, -1, b);
    return result;
  }

  private static double largest(float[][] values) {
    float largest = 0;
    for (float[] row : values) {
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest;
  }

  /** A step and how the gradient changed along it. */
  private static final class Pair {
    private final float[][] step;
    private final float[][] change;
    private final double product;

    Pair(float[][] step, float[][] change) {
      this.step = step;
      this.change = change;
      this.product = Matrices.dot(step, change);
    }
  }
}
