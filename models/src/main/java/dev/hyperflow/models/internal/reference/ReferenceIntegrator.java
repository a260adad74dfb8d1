package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Stepping;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.Trace;
import java.util.List;

/**
 * Follows a drift field one evaluation at a time, by the rules of {@code integrate.onnx}: the same
 * steps, rests, trace and safeguard. Norms and losses are summed in double precision. Safe for use
 * by many threads if the field is; does not close the field.
 */
public final class ReferenceIntegrator {

  private final DriftField field;
  private final Steps steps;

  /**
   * An integrator over a field.
   *
   * @param steps number of steps, or most attempts; at least 1
   * @param horizon end in flow time, above 0
   */
  public ReferenceIntegrator(DriftField field, Stepping stepping, int steps, double horizon) {
    this.field = field;
    this.steps = Steps.of(stepping, steps, horizon);
  }

  /** As a manifest demands. */
  public static ReferenceIntegrator of(Manifest manifest, DriftField field) {
    return new ReferenceIntegrator(
        field, manifest.stepping(), manifest.steps(), manifest.horizon());
  }

  /**
   * Integrates a support set.
   *
   * @param initial where to start, with a row for each label
   */
  public Integration integrate(Head initial, SupportSet support) {
    List<Point> points = steps.follow(initial.toArray(), field, support);
    float[] trace = new float[2 * points.size()];
    int best = 0;
    for (int k = 0; k < points.size(); k++) {
      trace[2 * k] = points.get(k).driftNorm();
      trace[2 * k + 1] = points.get(k).loss(support);
      if (trace[2 * k + 1] < trace[2 * best + 1]) {
        best = k;
      }
    }
    int end = points.size() - 1;
    boolean sound = trace[2 * end + 1] <= trace[1];
    Head adapted =
        Head.of(support.labels(), support.dimension(), points.get(sound ? end : best).head());
    return new Integration(initial, adapted, Trace.of(trace), !sound);
  }
}
