package dev.hyperflow.training.stream;

import java.util.Arrays;

/** Probabilities of labels from their logits. */
final class Softmax {

  private Softmax() {}

  /** The softmax of finite logits; a label whose logit is −∞ gets 0. All may be −∞. */
  static float[] of(double[] logits) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    float[] probabilities = new float[logits.length];
    if (largest == Double.NEGATIVE_INFINITY) {
      return probabilities;
    }
    double total = 0;
    for (double logit : logits) {
      total += Math.exp(logit - largest);
    }
    for (int n = 0; n < logits.length; n++) {
      probabilities[n] = (float) (Math.exp(logits[n] - largest) / total);
    }
    return probabilities;
  }
}
