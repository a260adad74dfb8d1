package dev.hyperflow.training.stream;

import java.util.Arrays;

/** Arithmetic of learners that see one example at a time. */
final class Vectors {

  private Vectors() {}

  static double dot(float[] a, float[] b) {
    double even = 0;
    double odd = 0;
    for (int d = 0; d + 1 < b.length; d += 2) {
      even += (double) a[d] * b[d];
      odd += (double) a[d + 1] * b[d + 1];
    }
    int last = b.length - 1;
    return even + odd + (b.length % 2 == 1 ? (double) a[last] * b[last] : 0);
  }

  static void add(float[] to, double factor, float[] what) {
    float by = (float) factor;
    for (int d = 0; d < what.length; d++) {
      to[d] += by * what[d];
    }
  }

  /** The softmax of finite logits; a label whose logit is −∞ gets 0. All may be −∞. */
  static float[] softmax(double[] logits) {
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
