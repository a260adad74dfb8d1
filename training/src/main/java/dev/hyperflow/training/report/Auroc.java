package dev.hyperflow.training.report;

import java.util.Arrays;

/** Area under the receiver operating characteristic. */
public final class Auroc {

  private Auroc() {}

  /**
   * The chance that a random one of the first scores is above a random one of the second, ties
   * half.
   *
   * @param high at least one score; large is what is to be recognised
   * @param low at least one score
   * @return 0 to 1; ½ is chance
   */
  public static double of(float[] high, float[] low) {
    float[] sorted = low.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (float score : high) {
      int below = firstAtLeast(sorted, score);
      int notAbove = firstAtLeast(sorted, Math.nextUp(score));
      wins += below + (notAbove - below) / 2.0;
    }
    return wins / high.length / low.length;
  }

  private static int firstAtLeast(float[] sorted, float score) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < score) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
