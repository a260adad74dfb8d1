package dev.hyperflow.models.internal.graph;

/**
 * The Euler loop in plain Java over a session of drift.onnx, in single precision like the graph;
 * the support loss in double precision.
 */
final class EulerReference {

  final float[][] points; // [S+1][B·N·(D+1)]
  final double[][] norms; // [S+1][B]
  final double[][] losses; // [S+1][B]

  private final TaskBatch batch;
  private final int columns;

  EulerReference(OnnxSession drift, IntegrationPlan plan, TaskBatch batch, float[] initial) {
    this.batch = batch;
    this.columns = batch.features + 1;
    int steps = plan.steps();
    this.points = new float[steps + 1][];
    this.norms = new double[steps + 1][batch.tasks];
    this.losses = new double[steps + 1][batch.tasks];
    float[] head = initial.clone();
    for (int k = 0; k <= steps; k++) {
      points[k] = head;
      float time = (float) ((double) plan.horizon() * k / steps);
      float[] motion = masked(drift.run(batch.inputs(head, time)).get("drift").data);
      float[] next = head.clone();
      for (int i = 0; i < next.length; i++) {
        next[i] += motion[i] * (float) ((double) plan.horizon() / steps);
      }
      for (int task = 0; task < batch.tasks; task++) {
        norms[k][task] = norm(motion, task);
        losses[k][task] = loss(batch, task, head);
      }
      head = next;
    }
  }

  /** The head the safeguard should choose for a task: index of the point. */
  int chosen(int task) {
    int last = points.length - 1;
    if (losses[last][task] <= losses[0][task]) {
      return last;
    }
    int best = 0;
    for (int k = 0; k <= last; k++) {
      if (losses[k][task] < losses[best][task]) {
        best = k;
      }
    }
    return best;
  }

  private float[] masked(float[] motion) {
    for (int row = 0; row < batch.mask.length; row++) {
      for (int d = 0; d < columns && batch.mask[row] == 0; d++) {
        motion[row * columns + d] = 0f;
      }
    }
    return motion;
  }

  private double norm(float[] motion, int task) {
    double squares = 0;
    int size = batch.labels * columns;
    for (int i = task * size; i < (task + 1) * size; i++) {
      squares += (double) motion[i] * motion[i];
    }
    return Math.sqrt(squares);
  }

  /** Weighted mean cross-entropy; NaN if the head is not finite. */
  static double loss(TaskBatch batch, int task, float[] heads) {
    int columns = batch.features + 1;
    double sum = 0;
    double total = 0;
    for (int i = task * batch.labels * columns; i < (task + 1) * batch.labels * columns; i++) {
      sum += Float.isFinite(heads[i]) ? 0 : Double.NaN;
    }
    for (int m = 0; m < batch.examples; m++) {
      double weight = batch.weight(task, m);
      double[] logits = new double[batch.labels];
      double largest = Double.NEGATIVE_INFINITY;
      double own = 0;
      for (int n = 0; n < batch.labels; n++) {
        int row = (task * batch.labels + n) * columns;
        logits[n] = heads[row + batch.features];
        for (int d = 0; d < batch.features; d++) {
          logits[n] += (double) heads[row + d] * batch.feature(task, m, d);
        }
        if (batch.isLabel(task, n)) {
          largest = Math.max(largest, logits[n]);
        }
        if (batch.membership(task, m, n) > 0) {
          own = logits[n];
        }
      }
      double partition = 0;
      for (int n = 0; n < batch.labels; n++) {
        partition += batch.isLabel(task, n) ? Math.exp(logits[n] - largest) : 0;
      }
      if (weight > 0) {
        sum += weight * (Math.log(partition) + largest - own);
        total += weight;
      }
    }
    return sum / total;
  }
}
