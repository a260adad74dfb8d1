package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.CrossValidation;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Trace;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import java.util.ArrayList;
import java.util.List;

/** What is computed from a tenant's examples: its head, the map, cross-validation. */
final class HeadRoutes {
  private static final String PATH = "/api/v1/tenants/{tenant}";
  private static final double NANOS_PER_MILLI = 1e6;

  private final Instance instance;
  private final TenantMaps maps;

  /** Routes over an instance. */
  HeadRoutes(Instance instance, TenantMaps maps) {
    this.instance = instance;
    this.maps = maps;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            PATH + "/head",
            Route.Access.READ_TENANT,
            Route.Doc.gives("A tenant's head, and how it came about", Tenants.Head.class),
            this::head),
        Route.get(
            PATH + "/map",
            Route.Access.READ_TENANT,
            Route.Doc.gives("A tenant's examples and head in the plane", Tenants.Map.class),
            this::map),
        Route.get(
            PATH + "/crossvalidation",
            Route.Access.READ_TENANT,
            Route.Doc.gives(
                "How well heads predict a tenant's examples that they do not know",
                Tenants.CrossValidated.class),
            this::crossValidation));
  }

  private LabelledExamples support(Call call) {
    LabelledExamples support = TenantRoutes.labelled(instance, TenantRoutes.known(instance, call));
    if (support.entries().isEmpty()) {
      throw ProblemException.of(
          ErrorCode.UNKNOWN_TENANT, "tenant: expected a tenant with examples, found none");
    }
    return support;
  }

  private static Integration integrate(ModelLease lease, LabelledExamples support) {
    return lease.model().integrator().integrate(List.of(support.supportSet())).get(0);
  }

  private Reply head(Call call) {
    LabelledExamples support = support(call);
    try (ModelLease lease = instance.view().model(call.tenant(), support.meta())) {
      long start = System.nanoTime();
      Integration integration = integrate(lease, support);
      double millis = (System.nanoTime() - start) / NANOS_PER_MILLI;
      String id = lease.model().bundleId();
      return Reply.ok(
          new Tenants.Head(
              new Tenants.BundleName(Names.name(id), Names.sha256(id)),
              support.meta().fingerprint().toHex(),
              support.entries().size(),
              lease.manifest().map(Manifest::integrator).orElse(""),
              integration.trace().steps(),
              rows(support, integration),
              steps(integration.trace(), lease.manifest().map(Manifest::horizon).orElse(1.0)),
              integration.safeguarded(),
              millis));
    }
  }

  private static List<Tenants.HeadRow> rows(LabelledExamples support, Integration integration) {
    Head start = integration.initial();
    Head end = integration.adapted();
    List<Tenants.HeadRow> rows = new ArrayList<>();
    for (int row = 0; row < end.labels(); row++) {
      double norm = 0;
      double startNorm = 0;
      double moved = 0;
      for (int column = 0; column <= end.dimension(); column++) {
        double to = end.weight(row, column);
        double from = start.weight(row, column);
        moved += (to - from) * (to - from);
        if (column < end.dimension()) {
          norm += to * to;
          startNorm += from * from;
        }
      }
      rows.add(
          new Tenants.HeadRow(
              support.labels().get(row),
              Math.sqrt(norm),
              Math.sqrt(startNorm),
              end.weight(row, end.dimension()),
              Math.sqrt(moved)));
    }
    return rows;
  }

  private static List<Tenants.Step> steps(Trace trace, double horizon) {
    List<Tenants.Step> steps = new ArrayList<>();
    for (int step = 0; step <= trace.steps(); step++) {
      steps.add(
          new Tenants.Step(
              step,
              horizon * step / trace.steps(),
              finite(trace.supportLoss(step)),
              finite(trace.driftNorm(step))));
    }
    return steps;
  }

  private static Double finite(float value) {
    return Float.isFinite(value) ? (double) value : null;
  }

  private Reply map(Call call) {
    LabelledExamples support = support(call);
    Projection map = maps.of(call.tenant(), support);
    List<LabelledExamples.Entry> shown = TenantMaps.shown(support);
    ShownTexts texts = ShownTexts.of(instance, call);
    List<Tenants.Dot> dots =
        shown.stream()
            .map(
                entry ->
                    new Tenants.Dot(
                        entry.example().eventId(),
                        support.labels().get(entry.row()),
                        texts.beginning(entry.example().text()),
                        map.at(entry.example().features(), 0),
                        map.at(entry.example().features(), 1)))
            .toList();
    try (ModelLease lease = instance.view().model(call.tenant(), support.meta())) {
      return Reply.ok(
          new Tenants.Map(
              "PCA",
              List.of(map.explained(0), map.explained(1)),
              dots,
              headDots(support, integrate(lease, support).adapted(), map),
              shown.size() < support.entries().size(),
              texts.about()));
    }
  }

  /** A row's direction at the distance of the examples from the origin. */
  private static List<Tenants.HeadDot> headDots(
      LabelledExamples support, Head head, Projection map) {
    double length =
        support.entries().stream()
            .mapToDouble(entry -> norm(entry.example().features().toArray()))
            .average()
            .orElse(1);
    List<Tenants.HeadDot> dots = new ArrayList<>();
    for (int row = 0; row < head.labels(); row++) {
      float[] direction = new float[head.dimension()];
      for (int column = 0; column < direction.length; column++) {
        direction[column] = head.weight(row, column);
      }
      double norm = norm(direction);
      for (int column = 0; column < direction.length && norm > 0; column++) {
        direction[column] *= (float) (length / norm);
      }
      FeatureVector at = FeatureVector.of(direction);
      dots.add(new Tenants.HeadDot(support.labels().get(row), map.at(at, 0), map.at(at, 1)));
    }
    return dots;
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  private Reply crossValidation(Call call) {
    LabelledExamples support = support(call);
    try (ModelLease lease = instance.view().model(call.tenant(), support.meta())) {
      return Reply.ok(
          CrossValidationReport.of(
              support.labels(), new CrossValidation(lease.model()).of(support)));
    }
  }
}
