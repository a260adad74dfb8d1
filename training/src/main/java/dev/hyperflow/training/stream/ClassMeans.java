package dev.hyperflow.training.stream;

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
        double square = Vectors.dot(sums[n], sums[n]) / counts[n];
        logits[n] = (Vectors.dot(sums[n], x) - square / 2) / counts[n];
      }
    }
    return Vectors.softmax(logits);
  }

  @Override
  public boolean learn(float[] x, int label) {
    if (sums[label] == null) {
      sums[label] = new float[x.length];
    }
    Vectors.add(sums[label], 1, x);
    counts[label]++;
    return true;
  }
}
