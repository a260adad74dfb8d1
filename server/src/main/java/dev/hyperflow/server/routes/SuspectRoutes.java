package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.engine.internal.suspect.Conflicts;
import dev.hyperflow.engine.internal.suspect.Suspects;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.reference.BlockShare;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import java.util.List;

/** What looks wrong in a tenant's labels. */
final class SuspectRoutes {
  private static final int MAX_LIMIT = 1_000;
  private static final int STANDARD_LIMIT = 50;

  private final Instance instance;

  SuspectRoutes(Instance instance) {
    this.instance = instance;
  }

  Route route() {
    return Route.get(
        "/api/v1/tenants/{tenant}/suspects",
        Route.Access.READ_TENANT,
        Route.Doc.gives(
            "Examples that a tenant's other examples contradict, texts with two labels, and labels"
                + " whose names look alike",
            Tenants.Suspects.class,
            Route.Parameter.number("limit", 1, MAX_LIMIT, "Maximum number of each.")),
        this::suspects);
  }

  private Reply suspects(Call call) {
    int limit = call.number("limit", STANDARD_LIMIT, 1, MAX_LIMIT);
    ShownTexts shown = ShownTexts.of(instance, call);
    TenantSnapshot snapshot = TenantRoutes.known(instance, call);
    LabelledExamples support = TenantRoutes.labelled(instance, snapshot);
    Suspects.Found found =
        Suspects.of(support, scale(call.tenant(), support), TenantRoutes.described(snapshot));
    List<List<LabelledExamples.Entry>> texts = Conflicts.texts(support);
    List<Conflicts.Pair> pairs = Conflicts.labels(support.labels());
    return Reply.ok(
        new Tenants.Suspects(
            support.meta().fingerprint().toHex(),
            support.entries().size(),
            found.judged(),
            found.suspects().size(),
            found.suspects().stream()
                .limit(limit)
                .map(one -> suspect(support, one, shown))
                .toList(),
            texts.size(),
            texts.stream().limit(limit).map(same -> conflict(support, same, shown)).toList(),
            pairs.size(),
            pairs.stream()
                .limit(limit)
                .map(
                    pair ->
                        new Tenants.LookAlike(pair.one(), pair.other(), pair.difference().name()))
                .toList()));
  }

  /** Features are compared as the bundle mixes their blocks. */
  private float[] scale(String tenant, LabelledExamples support) {
    if (support.entries().isEmpty()) {
      return new float[0];
    }
    try (ModelLease lease = instance.view().model(tenant, support.meta())) {
      return BlockShare.scale(lease.manifest().map(Manifest::blocks), support.supportSet());
    }
  }

  private static Tenants.Suspect suspect(
      LabelledExamples support, Suspects.Suspect suspect, ShownTexts shown) {
    LabelledExamples.Entry entry = suspect.entry();
    return new Tenants.Suspect(
        entry.example().eventId(),
        shown.whole(entry.example().text()),
        support.labels().get(entry.row()),
        suspect.probability(),
        suspect.other(),
        suspect.otherProbability());
  }

  private static Tenants.Conflict conflict(
      LabelledExamples support, List<LabelledExamples.Entry> same, ShownTexts shown) {
    return new Tenants.Conflict(
        shown.whole(same.get(0).example().text()),
        same.stream()
            .map(
                entry ->
                    new Tenants.Labelled(
                        entry.example().eventId(), support.labels().get(entry.row())))
            .toList());
  }
}
