package dev.hyperflow.training.peers;

/** The head of a prototypical network: the label whose examples' mean is nearest. */
public final class Prototypes {

  private Prototypes() {}

  /**
   * Makes a head whose logits are, up to a term that all labels share, −½ of the squared distance
   * to each label's mean.
   *
   * @param x features of the examples, [M][D]
   * @param y their labels, 0 to ways − 1, each at least once
   */
  public static LinearHead fit(float[][] x, int[] y, int ways) {
    return LinearHead.of(weights(x, x[0].length, y, ways, 1));
  }

  /** The same in the first coordinates of rows, [ways][coordinates + 1], scaled. */
  static float[][] weights(float[][] x, int coordinates, int[] y, int ways, float scale) {
    float[][] weights = new float[ways][coordinates + 1];
    int[] counts = new int[ways];
    for (int m = 0; m < y.length; m++) {
      Matrices.addScaled(weights[y[m]], 1, x[m], 0, coordinates);
      counts[y[m]]++;
    }
    for (int n = 0; n < ways; n++) {
      float[] row = weights[n];
      double square = 0;
      for (int d = 0; d < coordinates; d++) {
        row[d] /= counts[n];
        square += (double) row[d] * row[d];
        row[d] *= scale;
      }
      row[coordinates] = (float) (-scale * square / 2);
    }
    return weights;
  }
}
