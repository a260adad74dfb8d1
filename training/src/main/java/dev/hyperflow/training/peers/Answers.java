package dev.hyperflow.training.peers;

import java.util.Arrays;

/** Answers to queries, from their logits or from their neighbours. */
public final class Answers {

  private Answers() {}

  /**
   * The label with the largest logit of each query, the lowest among equals.
   *
   * @param logits [N][Q]
   */
  public static int[] argmax(float[][] logits) {
    int[] chosen = new int[logits[0].length];
    for (int n = 1; n < logits.length; n++) {
      for (int q = 0; q < chosen.length; q++) {
        if (logits[n][q] > logits[chosen[q]][q]) {
          chosen[q] = n;
        }
      }
    }
    return chosen;
  }

  /**
   * The label of the example at the smallest Euclidean distance, the first among equals.
   *
   * @param x features of the examples, [M][D]
   * @param y their labels
   * @param columns the queries transposed, [D][Q]
   */
  public static int[] nearestNeighbour(float[][] x, int[] y, float[][] columns) {
    float[][] closeness = new float[x.length][columns[0].length];
    for (int m = 0; m < x.length; m++) {
      Arrays.fill(closeness[m], (float) (-Matrices.dot(x[m], x[m]) / 2));
    }
    Matrices.addProduct(closeness, x, columns);
    return Arrays.stream(argmax(closeness)).map(m -> y[m]).toArray();
  }
}
