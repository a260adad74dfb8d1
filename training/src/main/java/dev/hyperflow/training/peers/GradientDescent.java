package dev.hyperflow.training.peers;

import java.util.ArrayList;
import java.util.List;

/**
 * Fine-tuning of a head by full-batch gradient descent on the mean cross-entropy of the support
 * set. It starts from scaled prototypes and has a constant rate and no penalty.
 *
 * @param scale factor of the prototypes at the start, above 0
 * @param rate length of a step along the gradient of the mean loss, above 0
 */
public record GradientDescent(float scale, float rate) {

  public GradientDescent {
    if (!(scale > 0 && rate > 0)) {
      throw new IllegalArgumentException(
          "gradient descent: expected scale and rate above 0, found %s and %s"
              .formatted(scale, rate));
    }
  }

  /**
   * Follows the gradient.
   *
   * @param steps after how many steps to take the head, ascending
   * @param x features of the examples, [M][D]
   * @param y their labels, 0 to ways − 1, each at least once
   * @return a head for each entry of {@code steps}
   */
  public List<LinearHead> fit(List<Integer> steps, float[][] x, int[] y, int ways) {
    Span span = Span.of(x);
    SoftmaxLoss loss = new SoftmaxLoss(span, y, ways);
    float[][] w = Prototypes.weights(span.byExample(), span.rank(), y, ways, scale);
    float[][] gradient = loss.zeros();
    List<LinearHead> heads = new ArrayList<>();
    int step = 0;
    for (int end : steps) {
      for (; step < end; step++) {
        loss.evaluate(w, gradient);
        Matrices.addScaled(w, -rate / loss.examples(), gradient);
      }
      heads.add(span.head(w));
    }
    return heads;
  }
}
