package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.DriftField;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Follows a drift field one evaluation at a time, by the rules of {@code integrate.onnx}: the same
 * steps, trace and safeguard. Norms and losses are summed in double precision. Safe for use by many
 * threads if the field is; does not close the field.
 */
public final class ReferenceIntegrator {

  private final DriftField field;
  private final int steps;
  private final double horizon;
  private final Optional<Blocks> blocks;

  /**
   * An integrator over a field, of features of one block.
   *
   * @param steps number of Euler steps, at least 1
   * @param horizon end in flow time, above 0
   */
  public ReferenceIntegrator(DriftField field, int steps, double horizon) {
    this(field, steps, horizon, Optional.empty());
  }

  private ReferenceIntegrator(
      DriftField field, int steps, double horizon, Optional<Blocks> blocks) {
    this.field = field;
    this.steps = steps;
    this.horizon = horizon;
    this.blocks = blocks;
  }

  /** An integrator that takes the steps of a manifest, to its horizon. */
  public static ReferenceIntegrator of(Manifest manifest, DriftField field) {
    return new ReferenceIntegrator(
        field, manifest.steps(), manifest.horizon(), Optional.ofNullable(manifest.blocks()));
  }

  /**
   * Integrates a support set.
   *
   * @param initial where to start, with a row for each label
   */
  public Integration integrate(Head initial, SupportSet support) {
    if (blocks.isEmpty() || support.dimension() <= blocks.get().inner()) {
      return integrateOneBlock(initial, support);
    }
    float[] scale = BlockShare.scale(blocks, support);
    Integration scaled = integrateOneBlock(divided(initial, scale), scaled(support, scale));
    return new Integration(
        initial, multiplied(scaled.adapted(), scale), scaled.trace(), scaled.safeguarded());
  }

  private static SupportSet scaled(SupportSet support, float[] scale) {
    SupportSet.Builder scaled = SupportSet.builder(support.dimension(), support.labels());
    for (int example = 0; example < support.examples(); example++) {
      float[] x = support.features(example);
      for (int d = 0; d < x.length; d++) {
        x[d] *= scale[d];
      }
      scaled.add(support.label(example), support.weight(example), x);
    }
    return scaled.build();
  }

  /** A head over features as they came as one over scaled ones. */
  private static Head divided(Head head, float[] scale) {
    float[] inverse = new float[scale.length];
    for (int d = 0; d < scale.length; d++) {
      inverse[d] = scale[d] == 0 ? 0 : 1 / scale[d];
    }
    return multiplied(head, inverse);
  }

  private static Head multiplied(Head head, float[] scale) {
    float[] weights = head.toArray();
    for (int i = 0; i < weights.length; i++) {
      int column = i % (scale.length + 1);
      weights[i] *= column == scale.length ? 1 : scale[column];
    }
    return Head.of(head.labels(), head.dimension(), weights);
  }

  private Integration integrateOneBlock(Head initial, SupportSet support) {
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
