package dev.hyperflow.training.peers;

import dev.hyperflow.models.Head;
import java.util.Arrays;

/** A linear classifier of many queries at once. Immutable. */
public final class LinearHead {

  private final float[][] rows; // [N][D + 1], bias last

  private LinearHead(float[][] rows) {
    this.rows = rows;
  }

  /** A head from its weights, [N][D + 1], bias last; they are copied. */
  public static LinearHead of(float[][] rows) {
    return new LinearHead(Matrices.copy(rows));
  }

  /** A copy of a head that a bundle integrated. */
  public static LinearHead of(Head head) {
    float[] weights = head.toArray();
    int columns = head.dimension() + 1;
    float[][] rows = new float[head.labels()][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = Arrays.copyOfRange(weights, n * columns, (n + 1) * columns);
    }
    return new LinearHead(rows);
  }

  /** Number N of labels. */
  public int ways() {
    return rows.length;
  }

  /** A copy of the weights, [N][D + 1], bias last. */
  public float[][] toArray() {
    return Matrices.copy(rows);
  }

  /**
   * Scores queries.
   *
   * @param columns the queries transposed, [D][Q]
   * @return logits, [N][Q]
   */
  public float[][] logits(float[][] columns) {
    float[][] logits = new float[rows.length][columns[0].length];
    for (int n = 0; n < rows.length; n++) {
      Arrays.fill(logits[n], rows[n][columns.length]);
    }
    Matrices.addProduct(logits, rows, columns);
    return logits;
  }
}
