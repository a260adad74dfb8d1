package dev.hyperflow.training.stream;

import java.util.Arrays;

/**
 * A learner that sees the first columns of features alone. Where the encoder hands out an inner
 * layer besides, these are its last layer, which is what classical learners get.
 *
 * @param learner what learns from them
 * @param columns how many
 */
record FirstColumns(Learner learner, int columns) implements Learner {

  static float[] of(float[] x, int columns) {
    return columns == x.length ? x : Arrays.copyOf(x, columns);
  }

  @Override
  public float[] ask(float[] x) {
    return learner.ask(of(x, columns));
  }

  @Override
  public boolean learn(float[] x, int label) {
    return learner.learn(of(x, columns), label);
  }
}
