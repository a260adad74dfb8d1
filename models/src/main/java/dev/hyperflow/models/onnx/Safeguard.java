package dev.hyperflow.models.onnx;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.Integration;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.SupportSet;
import dev.hyperflow.models.Trace;

/**
 * Never serves a head that is worse on its own support set than its start: a trajectory that
 * diverged, overshot or left the finite numbers falls back to its initial head.
 */
final class Safeguard {

  private Safeguard() {}

  static Integration apply(SupportSet task, float[] start, float[] end, float[] points) {
    Trace trace = Trace.of(points);
    if (!finite(start)) {
      throw new ModelException("output initial_head: expected finite values for " + task);
    }
    Head initial = Head.of(task.labels(), task.dimension(), start);
    // A comparison with NaN is false, so a diverged loss is no improvement.
    boolean improved = trace.supportLoss(trace.steps()) <= trace.supportLoss(0);
    if (!improved || !finite(end)) {
      return new Integration(initial, initial, trace, true);
    }
    return new Integration(initial, Head.of(task.labels(), task.dimension(), end), trace, false);
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
