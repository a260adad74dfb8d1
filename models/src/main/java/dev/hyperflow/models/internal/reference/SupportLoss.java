package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.SupportSet;

/** What a head costs on a support set, in double precision; {@code integrate.onnx} uses single. */
public final class SupportLoss {

  private SupportLoss() {}

  /**
   * Weighted mean cross-entropy of a support set, in nats.
   *
   * @throws IndexOutOfBoundsException if head and support set are of different shape
   */
  public static double of(Head head, SupportSet support) {
    float[] logits = new float[head.labels()];
    double sum = 0;
    double weights = 0;
    for (int example = 0; example < support.examples(); example++) {
      head.logits(support.features(example), logits);
      double largest = Double.NEGATIVE_INFINITY;
      for (float logit : logits) {
        largest = Math.max(largest, logit);
      }
      double partition = 0;
      for (float logit : logits) {
        partition += Math.exp(logit - largest);
      }
      double own = logits[support.label(example)];
      sum += support.weight(example) * (Math.log(partition) + largest - own);
      weights += support.weight(example);
    }
    return sum / weights;
  }
}
