package dev.hyperflow.models.internal.graph;

/**
 * A matrix as whole numbers of one byte with a step for each column. Arrays are handed out without
 * a copy and not to be changed.
 */
final class Int8Matrix {

  /*
   * Levels stay within ±63, seven bits. The products of a processor without VNNI add two products of
   * eight bits in sixteen, and 255 · 63 · 2 is the most that fits. With eight bits such a processor
   * would cut sums off without a word, and give other vectors than one with VNNI.
   */
  private static final int MAX_LEVEL = 63;

  private final byte[] levels;
  private final float[] steps;

  private Int8Matrix(byte[] levels, float[] steps) {
    this.levels = levels;
    this.steps = steps;
  }

  /**
   * Rounds a matrix.
   *
   * @param weights row by row
   * @param columns number of columns
   */
  static Int8Matrix of(float[] weights, int columns) {
    float[] steps = new float[columns];
    for (int i = 0; i < weights.length; i++) {
      steps[i % columns] = Math.max(steps[i % columns], Math.abs(weights[i]));
    }
    for (int n = 0; n < columns; n++) {
      steps[n] = Math.max(steps[n], Float.MIN_NORMAL * MAX_LEVEL) / MAX_LEVEL;
    }
    byte[] levels = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      levels[i] = (byte) Math.round(weights[i] / steps[i % columns]);
    }
    return new Int8Matrix(levels, steps);
  }

  /** The levels of all weights, 7 bits each, row after row: [rows · columns]. */
  byte[] levels() {
    return levels;
  }

  /** What a level of a column is worth. */
  float[] steps() {
    return steps;
  }
}
