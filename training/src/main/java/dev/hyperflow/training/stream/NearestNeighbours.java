package dev.hyperflow.training.stream;

import dev.hyperflow.training.peers.Matrices;
import java.util.ArrayList;
import java.util.List;

/** The votes of the three nearest examples; the nearest decides a tie. */
final class NearestNeighbours implements Learner {

  static final String NAME = "3 nearest neighbours";

  private static final int NEIGHBOURS = 3;

  /** What the nearest counts more than the others, to decide a tie. */
  private static final float NEAREST = 1e-3f;

  private final int labels;
  private final List<float[]> examples = new ArrayList<>();
  private final List<Double> halfSquares = new ArrayList<>();
  private final List<Integer> labelOf = new ArrayList<>();

  NearestNeighbours(int labels) {
    this.labels = labels;
  }

  @Override
  public float[] ask(float[] x) {
    int found = Math.min(NEIGHBOURS, examples.size());
    double[] closeness = new double[examples.size()];
    for (int m = 0; m < closeness.length; m++) {
      closeness[m] = Matrices.dot(examples.get(m), x) - halfSquares.get(m);
    }
    float[] votes = new float[labels];
    for (int k = 0; k < found; k++) {
      int best = 0;
      for (int m = 1; m < closeness.length; m++) {
        best = closeness[m] > closeness[best] ? m : best;
      }
      closeness[best] = Double.NEGATIVE_INFINITY;
      votes[labelOf.get(best)] += (k == 0 ? 1 + NEAREST : 1) / (found + NEAREST);
    }
    return votes;
  }

  @Override
  public boolean learn(float[] x, int label) {
    examples.add(x);
    halfSquares.add(Matrices.dot(x, x) / 2);
    labelOf.add(label);
    return true;
  }
}
