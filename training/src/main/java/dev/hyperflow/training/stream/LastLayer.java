package dev.hyperflow.training.stream;

import java.util.Arrays;

/**
 * A learner that sees the block of the encoder's last layer alone, as classical learners do.
 *
 * @param learner what learns from the block
 */
record LastLayer(Learner learner) implements Learner {

  /** The block, which comes first. Encoders hand out one block now, so it is everything. */
  static float[] of(float[] x) {
    int dimension = x.length;
    return dimension == x.length ? x : Arrays.copyOf(x, dimension);
  }

  @Override
  public String name() {
    return learner.name();
  }

  @Override
  public float[] ask(float[] x) {
    return learner.ask(of(x));
  }

  @Override
  public boolean learn(float[] x, int label) {
    return learner.learn(of(x), label);
  }
}
