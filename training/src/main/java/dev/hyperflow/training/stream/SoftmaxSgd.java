package dev.hyperflow.training.stream;

import dev.hyperflow.training.peers.Matrices;
import java.util.Arrays;

/**
 * Softmax regression with one step of gradient descent for each example, without intercepts: at
 * this rate they would follow the latest labels.
 */
final class SoftmaxSgd implements Learner {

  static final String NAME = "softmax SGD";

  /** The length of a step along the gradient; that of River's learner in the same comparison. */
  static final double RATE = 0.5;

  private final float[][] weights;

  SoftmaxSgd(int labels) {
    this.weights = new float[labels][];
  }

  @Override
  public float[] ask(float[] x) {
    double[] logits = new double[weights.length];
    Arrays.fill(logits, Double.NEGATIVE_INFINITY);
    for (int n = 0; n < logits.length; n++) {
      if (weights[n] != null) {
        logits[n] = Matrices.dot(weights[n], x);
      }
    }
    return Softmax.of(logits);
  }

  @Override
  public boolean learn(float[] x, int label) {
    if (weights[label] == null) {
      weights[label] = new float[x.length];
    }
    float[] probabilities = ask(x);
    for (int n = 0; n < weights.length; n++) {
      if (weights[n] != null) {
        double step = RATE * ((n == label ? 1 : 0) - probabilities[n]);
        Matrices.addScaled(weights[n], (float) step, x, 0, x.length);
      }
    }
    return true;
  }
}
