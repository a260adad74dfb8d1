package dev.hyperflow.training.stream;

/**
 * What a method said to one question. A figure that a method does not give is NaN.
 *
 * @param label index of the answer, or {@link LabelStream#NONE}
 * @param ofTruth probability of the true label, 0 to 1
 * @param confidence probability of the answer, 0 to 1
 * @param millis milliseconds for the question and for the label that arrived after it
 */
record Reply(int label, double ofTruth, double confidence, double millis) {

  /** The most probable label; no answer where all probabilities are 0. */
  static Reply of(float[] probabilities, int truth, double millis) {
    int best = 0;
    for (int n = 1; n < probabilities.length; n++) {
      best = probabilities[n] > probabilities[best] ? n : best;
    }
    return probabilities[best] > 0
        ? new Reply(best, probabilities[truth], probabilities[best], millis)
        : new Reply(LabelStream.NONE, Double.NaN, Double.NaN, millis);
  }
}
