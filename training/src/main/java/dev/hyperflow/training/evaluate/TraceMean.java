package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.Trace;
import java.util.Arrays;

/**
 * Mean support loss and drift norm along trajectories of one grid; points that diverged left out.
 */
final class TraceMean {

  private double[] loss = new double[0];
  private double[] norm = new double[0];
  private int[] count = new int[0];
  private int diverged;

  void add(Trace trace) {
    int points = trace.steps() + 1;
    if (count.length < points) {
      loss = Arrays.copyOf(loss, points);
      norm = Arrays.copyOf(norm, points);
      count = Arrays.copyOf(count, points);
    }
    diverged += trace.finite() ? 0 : 1;
    for (int point = 0; point < points; point++) {
      if (Float.isFinite(trace.supportLoss(point)) && Float.isFinite(trace.driftNorm(point))) {
        loss[point] += trace.supportLoss(point);
        norm[point] += trace.driftNorm(point);
        count[point]++;
      }
    }
  }

  /** Number of points of the grid, 0 without a trace. */
  int points() {
    return count.length;
  }

  /** Trajectories that were not finite throughout. */
  int diverged() {
    return diverged;
  }

  /** Mean support loss at a point, in nats. */
  double supportLoss(int point) {
    return loss[point] / count[point];
  }

  /** Mean norm of the drift at a point. */
  double driftNorm(int point) {
    return norm[point] / count[point];
  }
}
