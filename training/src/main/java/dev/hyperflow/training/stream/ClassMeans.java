package dev.hyperflow.training.stream;

import dev.hyperflow.training.peers.Matrices;
import java.util.Arrays;

/** The label whose examples' mean is nearest. */
final class ClassMeans implements Learner {

  static final String NAME = "class means";

  private final float[][] sums;
  private final int[] counts;

  ClassMeans(int labels) {
    this.sums = new float[labels][];
    this.counts = new int[labels];
  }

  @Override
  public float[] ask(float[] x) {
    double[] logits = new double[counts.length];
    Arrays.fill(logits, Double.NEGATIVE_INFINITY);
    for (int n = 0; n < logits.length; n++) {
      if (counts[n] > 0) {
        double square = Matrices.dot(sums[n], sums[n]) / counts[n];
        logits[n] = (Matrices.dot(sums[n], x) - square / 2) / counts[n];
      }
    }
    return Softmax.of(logits);
  }

  @Override
  public boolean learn(float[] x, int label) {
    if (sums[label] == null) {
      sums[label] = new float[x.length];
    }
    Matrices.addScaled(sums[label], 1, x, 0, x.length);
    counts[label]++;
    return true;
  }
}
