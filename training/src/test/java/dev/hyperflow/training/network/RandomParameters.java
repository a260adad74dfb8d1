package dev.hyperflow.training.network;

import java.util.Random;

/** Parameters with which every part of the network has something to say. */
final class RandomParameters {

  private static final double SPREAD = 0.1;

  private RandomParameters() {}

  static Parameters of(Random random) {
    Parameters start = NetworkLayout.initial(random.nextLong());
    float[] values = start.all();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (SPREAD * random.nextGaussian());
    }
    return start.with(values);
  }
}
