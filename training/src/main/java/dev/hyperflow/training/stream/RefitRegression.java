package dev.hyperflow.training.stream;

import dev.hyperflow.training.peers.LinearHead;
import dev.hyperflow.training.peers.LogisticRegression;
import dev.hyperflow.training.peers.Matrices;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Logistic regression that is fitted anew to every example so far. */
final class RefitRegression implements Learner {

  /*
   * A fit costs as much as all examples, so it waits for several of them, but never while a label
   * is missing. Young heads change fast and are cheap: they wait for a share of their examples.
   */
  private static final int EXAMPLES_PER_WAIT = 20;

  private final double c;
  private final int every;
  private final int[] wayOf;
  private final List<float[]> examples = new ArrayList<>();
  private final List<Integer> ways = new ArrayList<>();
  private int knownWays;
  private int fitted;
  private LinearHead head;

  /**
   * A learner.
   *
   * @param c as in {@link LogisticRegression}
   * @param every maximum number of examples from one fit to the next, at least 1
   */
  RefitRegression(double c, int every, int labels) {
    this.c = c;
    this.every = every;
    this.wayOf = new int[labels];
    Arrays.fill(wayOf, LabelStream.NONE);
  }

  static String name(double c) {
    return "LR C=" + (int) c;
  }

  @Override
  public float[] ask(float[] x) {
    if (examples.isEmpty()) {
      return new float[wayOf.length];
    }
    int waiting = examples.size() - fitted;
    if (head == null
        || head.ways() < knownWays
        || waiting >= Math.min(every, 1 + examples.size() / EXAMPLES_PER_WAIT)) {
      fit();
    }
    float[][] scores = head.logits(Matrices.transposed(new float[][] {x}));
    double[] logits = new double[wayOf.length];
    for (int n = 0; n < logits.length; n++) {
      logits[n] = wayOf[n] == LabelStream.NONE ? Double.NEGATIVE_INFINITY : scores[wayOf[n]][0];
    }
    return Softmax.of(logits);
  }

  private void fit() {
    float[][] x = examples.toArray(new float[0][]);
    int[] y = ways.stream().mapToInt(Integer::intValue).toArray();
    head =
        head == null
            ? LogisticRegression.fit(c, x, y, knownWays)
            : LogisticRegression.fit(c, x, y, knownWays, head);
    fitted = x.length;
  }

  @Override
  public boolean learn(float[] x, int label) {
    if (wayOf[label] == LabelStream.NONE) {
      wayOf[label] = knownWays++;
    }
    examples.add(x);
    ways.add(wayOf[label]);
    return true;
  }
}
