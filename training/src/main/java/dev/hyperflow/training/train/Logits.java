package dev.hyperflow.training.train;

/** What rows of logits say, in double precision. */
final class Logits {

  private Logits() {}

  /**
   * Cross-entropy in nats.
   *
   * @param from index of the row's first logit
   * @param labels length of the row
   * @param right index of the true label in the row
   * @param temperature divisor of the logits
   */
  static double crossEntropy(float[] logits, int from, int labels, int right, double temperature) {
    double largest = logits[from + argmax(logits, from, labels)];
    double sum = 0;
    for (int n = 0; n < labels; n++) {
      sum += Math.exp((logits[from + n] - largest) / temperature);
    }
    return Math.log(sum) - (logits[from + right] - largest) / temperature;
  }

  /** Index in the row of the largest logit, the first of equal ones. */
  static int argmax(float[] logits, int from, int labels) {
    int best = 0;
    for (int n = 1; n < labels; n++) {
      if (logits[from + n] > logits[from + best]) {
        best = n;
      }
    }
    return best;
  }
}
