package dev.hyperflow.training.peers;

import java.util.Arrays;

/**
 * The cross-entropy of labelled examples as a function of a linear head, with its gradient. Keeps
 * its buffers: not safe for use by several threads.
 */
final class SoftmaxLoss {

  private final Span span;
  private final int[] labels;
  private final float[][] residuals; // [N][M]
  private final float[] largest;
  private final float[] total;

  SoftmaxLoss(Span span, int[] labels, int ways) {
    this.span = span;
    this.labels = labels;
    this.residuals = new float[ways][labels.length];
    this.largest = new float[labels.length];
    this.total = new float[labels.length];
  }

  /** Number M of examples. */
  int examples() {
    return labels.length;
  }

  /** A head of zeros, [N][R + 1]. */
  float[][] zeros() {
    return new float[residuals.length][span.rank() + 1];
  }

  /**
   * Evaluates a head.
   *
   * @param weights [N][R + 1]
   * @param gradient receives the gradient of the sum, [N][R + 1]
   * @return the sum of the cross-entropies, in nats
   */
  double evaluate(float[][] weights, float[][] gradient) {
    Matrices.clear(residuals);
    Matrices.addProduct(residuals, weights, span.byCoordinate());
    double loss = toResiduals();
    Matrices.clear(gradient);
    Matrices.addProduct(gradient, residuals, span.byExample());
    return loss;
  }

  /** Logits become probabilities minus targets. */
  private double toResiduals() {
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    for (float[] row : residuals) {
      for (int m = 0; m < row.length; m++) {
        largest[m] = Math.max(largest[m], row[m]);
      }
    }
    double loss = 0;
    for (int m = 0; m < labels.length; m++) {
      loss += largest[m] - residuals[labels[m]][m];
    }
    Arrays.fill(total, 0);
    for (float[] row : residuals) {
      for (int m = 0; m < row.length; m++) {
        row[m] = (float) Math.exp(row[m] - largest[m]);
        total[m] += row[m];
      }
    }
    for (float[] row : residuals) {
      for (int m = 0; m < row.length; m++) {
        row[m] /= total[m];
      }
    }
    for (int m = 0; m < labels.length; m++) {
      loss += Math.log(total[m]);
      residuals[labels[m]][m] -= 1;
    }
    return loss;
  }
}
