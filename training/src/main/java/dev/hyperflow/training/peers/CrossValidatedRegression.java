package dev.hyperflow.training.peers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Logistic regression whose penalty is chosen on the support set itself: the C with the best
 * accuracy in stratified cross-validation, the smallest among equals.
 */
public final class CrossValidatedRegression {

  /*
   * A label's examples are dealt to the folds in turn. The only example of a label always stays in
   * the training part, as no fold without it could predict the label. Along a fold's candidates each
   * fit starts where the one before ended.
   */
  /** The values of C to choose from, ascending. */
  public static final List<Double> CANDIDATES = List.of(0.1, 1.0, 10.0, 100.0);

  private static final int MAX_FOLDS = 5;

  /** Where no label has two examples there is nothing to choose by. */
  private static final double FALLBACK = 1;

  private CrossValidatedRegression() {}

  /**
   * Fits a head.
   *
   * @param x features of the examples, [M][D]
   * @param y their labels, 0 to ways − 1, each at least once
   */
  public static LinearHead fit(float[][] x, int[] y, int ways) {
    return LogisticRegression.fit(choose(x, y, ways), x, y, ways);
  }

  static double choose(float[][] x, int[] y, int ways) {
    int[] counts = new int[ways];
    for (int label : y) {
      counts[label]++;
    }
    int folds = Math.min(MAX_FOLDS, Arrays.stream(counts).max().orElse(0));
    if (folds < 2) {
      return FALLBACK;
    }
    int[] fold = folds(y, counts, folds);
    int[] right = new int[CANDIDATES.size()];
    for (int held = 0; held < folds; held++) {
      addRight(held, fold, x, y, ways, right);
    }
    int best = 0;
    for (int i = 1; i < right.length; i++) {
      best = right[i] > right[best] ? i : best;
    }
    return CANDIDATES.get(best);
  }

  /** The fold that holds each example out; −1 for none. */
  private static int[] folds(int[] y, int[] counts, int folds) {
    int[] fold = new int[y.length];
    int[] dealt = new int[counts.length];
    for (int m = 0; m < y.length; m++) {
      fold[m] = counts[y[m]] < 2 ? -1 : dealt[y[m]]++ % folds;
    }
    return fold;
  }

  private static void addRight(int held, int[] fold, float[][] x, int[] y, int ways, int[] right) {
    int[] kept = matching(fold, held, false);
    int[] out = matching(fold, held, true);
    int[] labels = Arrays.stream(kept).map(m -> y[m]).toArray();
    Span span = Span.of(rows(x, kept));
    SoftmaxLoss loss = new SoftmaxLoss(span, labels, ways);
    float[][] queries = Matrices.transposed(rows(x, out));
    float[][] w = loss.zeros();
    for (int i = 0; i < right.length; i++) {
      w = LogisticRegression.fit(CANDIDATES.get(i), loss, w);
      int[] chosen = Answers.argmax(span.head(w).logits(queries));
      for (int q = 0; q < chosen.length; q++) {
        right[i] += chosen[q] == y[out[q]] ? 1 : 0;
      }
    }
  }

  private static int[] matching(int[] fold, int held, boolean in) {
    return IntStream.range(0, fold.length).filter(m -> (fold[m] == held) == in).toArray();
  }

  private static float[][] rows(float[][] x, int[] chosen) {
    return Arrays.stream(chosen).mapToObj(m -> x[m]).toArray(float[][]::new);
  }
}
