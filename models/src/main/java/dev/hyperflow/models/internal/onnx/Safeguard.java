package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.Trace;

/**
 * Turns raw outputs into an {@link Integration} that never carries a head that is not finite.
 *
 * <p>{@code integrate.onnx} itself keeps the best earlier point of a trajectory that ended worse
 * than it started, and the trace tells that it did: the end was used if and only if its support
 * loss is at most that of the start. What is left for here is a model that does not keep this
 * promise.
 */
final class Safeguard {

  private Safeguard() {}

  static Integration apply(SupportSet task, float[] start, float[] end, float[] points) {
    if (!Check.finite(start)) {
      throw new ModelException(
          "output initial_head: expected finite values, found others for " + task);
    }
    Trace trace = Trace.of(points);
    Head initial = Head.of(task.labels(), task.dimension(), start);
    if (!Check.finite(end)) {
      return new Integration(initial, initial, trace, true);
    }
    Head adapted = Head.of(task.labels(), task.dimension(), end);
    // A comparison with NaN is false: a loss that diverged is no improvement.
    boolean reachedEnd = trace.supportLoss(trace.steps()) <= trace.supportLoss(0);
    return new Integration(initial, adapted, trace, !reachedEnd);
  }
}
