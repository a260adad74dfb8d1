package dev.hyperflow.benchmarks.load;

import java.util.Random;

/** Random feature vectors of length 1, the same in every run. Immutable. */
public final class Vectors {
  private static final int KEPT = 1_024;

  private final float[][] rows = new float[KEPT][];

  /** Vectors of this many features. */
  public Vectors(int dimension, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < KEPT; i++) {
      rows[i] = unit(random, dimension);
    }
  }

  /** A vector; the caller must not change it. They repeat after {@value #KEPT}. */
  public float[] get(int index) {
    return rows[Math.floorMod(index, KEPT)];
  }

  private static float[] unit(Random random, int dimension) {
    float[] row = new float[dimension];
    double squares = 0;
    for (int i = 0; i < dimension; i++) {
      row[i] = (float) random.nextGaussian();
      squares += (double) row[i] * row[i];
    }
    float scale = (float) (1 / Math.sqrt(squares));
    for (int i = 0; i < dimension; i++) {
      row[i] *= scale;
    }
    return row;
  }
}
