package dev.hyperflow.training.stream;

import java.util.Arrays;

/**
 * A learner that sees the first columns of features alone: the last layer of the encoder, which is
 * what classical learners get, where it hands out an inner one besides.
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
