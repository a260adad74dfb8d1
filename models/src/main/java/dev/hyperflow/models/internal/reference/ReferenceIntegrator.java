package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows a drift field one evaluation at a time, by the rules of {@code integrate.onnx}: the same
 * steps, trace and safeguard. Norms and losses are summed in double precision. Safe for use by many
 * threads if the field is; does not close the field.
 */
public final class ReferenceIntegrator {

  private final DriftField field;
  private final int steps;
  private final double horizon;

  /**
   * An integrator over a field.
   *
   * @param steps number of Euler steps, at least 1
   * @param horizon end in flow time, above 0
   */
  public ReferenceIntegrator(DriftField field, int steps, double horizon) {
    this.field = field;
    this.steps = steps;
    this.horizon = horizon;
  }

  /** An integrator that takes the steps of a manifest, to its horizon. */
  public static ReferenceIntegrator of(Manifest manifest, DriftField field) {
    return new ReferenceIntegrator(field, manifest.steps(), manifest.horizon());
  }

  /**
   * Integrates a support set.
   *
   * @param initial where to start, with a row for each label
   */
  public Integration integrate(Head initial, SupportSet support) {
    List<Point> points = follow(initial.toArray(), support);
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

  /** The points of a trajectory, steps + 1 of them. */
  private List<Point> follow(float[] head, SupportSet support) {
    List<Point> points = new ArrayList<>();
    Point here = Point.at(head, 0f, field, support);
    points.add(here);
    for (int step = 1; step <= steps; step++) {
      float[] next = here.moved((float) (horizon / steps));
      here = Point.at(next, (float) (horizon * step / steps), field, support);
      points.add(here);
    }
    return points;
  }
}
