package dev.hyperflow.models.internal.make;

import dev.hyperflow.models.internal.graph.Grid;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of one activation, and the grid that loses least of them. For one thread. */
final class ActivationSample {

  /*
   * A few numbers are many times as large as all others. A grid that reaches them is coarse for the
   * others; one that cuts them off is wrong by much for few. So the grid is searched: ends between
   * percentiles, and the least sum of squares of what the rounding changes in the products. A column
   * counts as much as its weights are large.
   */
  private static final double[] TAILS = {0, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3};

  private final int columns;
  private final double[] importance;
  private final List<float[]> rows = new ArrayList<>();

  ActivationSample(double[] importance) {
    this.columns = importance.length;
    this.importance = importance.clone();
  }

  /** Adds a row; later changes of the buffer do not show. */
  void add(FloatBuffer values, int row) {
    float[] copy = new float[columns];
    values.get(row * columns, copy);
    rows.add(copy);
  }

  /** The grid that loses least. */
  Grid grid() {
    float[] sorted = new float[rows.size() * columns];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, sorted, i * columns, columns);
    }
    Arrays.sort(sorted);
    Grid best = null;
    double least = Double.POSITIVE_INFINITY;
    for (double below : TAILS) {
      for (double above : TAILS) {
        Grid grid = Grid.between(at(sorted, below), at(sorted, 1 - above));
        double loss = loss(grid);
        if (loss < least) {
          least = loss;
          best = grid;
        }
      }
    }
    return best;
  }

  private static float at(float[] sorted, double fraction) {
    return sorted[(int) Math.round(fraction * (sorted.length - 1))];
  }

  private double loss(Grid grid) {
    double sum = 0;
    for (float[] row : rows) {
      for (int d = 0; d < columns; d++) {
        double change = grid.round(row[d]) - row[d];
        sum += importance[d] * change * change;
      }
    }
    return sum;
  }
}
