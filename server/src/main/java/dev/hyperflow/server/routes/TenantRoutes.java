package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import dev.hyperflow.topology.internal.rollout.RolloutProgress;
import dev.hyperflow.topology.internal.view.TenantHistory;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is known of one tenant: itself, its examples, its live quality. */
final class TenantRoutes {
  private static final String PATH = "/api/v1/tenants/{tenant}";
  private static final int MAX_LIMIT = 1_000;
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_PAGES = 1_000_000;

  /** By event time; of one time by event id, of which a tenant has each once: pages are stable. */
  private static final Comparator<LabelledExamples.Entry> NEWEST_FIRST =
      Comparator.comparingLong((LabelledExamples.Entry entry) -> entry.example().timestampMillis())
          .reversed()
          .thenComparing(entry -> entry.example().eventId());

  private final Instance instance;
  private final TenantMaps maps;
  private final TenantPlaces places;
  private final InstantSource clock;

  /** Routes over an instance. */
  TenantRoutes(Instance instance, TenantMaps maps, TenantPlaces places, InstantSource clock) {
    this.instance = instance;
    this.maps = maps;
    this.places = places;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        Route.get(
            PATH,
            Route.Access.READ_TENANT,
            Route.Doc.gives("One tenant", Tenants.Detail.class),
            this::tenant),
        Route.get(
            PATH + "/examples",
            Route.Access.READ_TENANT,
            Route.Doc.gives(
                "A tenant's examples, those added last first",
                Tenants.Examples.class,
                Route.Parameter.text("label", "Of this label alone."),
                Route.Parameter.number(
                    "limit", 1, MAX_LIMIT, "Maximum number of examples in a page."),
                Route.Parameter.number("page", 0, MAX_PAGES, "Which page, from 0.")),
            this::examples),
        Route.get(
            PATH + "/quality",
            Route.Access.READ_TENANT,
            Route.Doc.gives(
                "A tenant's live quality, and what this instance saw lately",
                Tenants.History.class),
            this::quality));
  }

  /**
   * The memory of the tenant that a call names.
   *
   * @throws ProblemException when nothing is known of it
   */
  static TenantSnapshot known(Instance instance, Call call) {
    TenantSnapshot snapshot = instance.snapshot(call.tenant());
    requireKnown(snapshot.meta());
    return snapshot;
  }

  /** The support set as the engine integrates it. */
  static LabelledExamples labelled(Instance instance, TenantSnapshot snapshot) {
    return snapshot.labelled(instance.config().engine().memory().fading());
  }

  private static void requireKnown(TenantMeta meta) {
    if (meta.events() == 0) {
      throw ProblemException.of(
          ErrorCode.UNKNOWN_TENANT, "tenant: expected a tenant with support events, found none");
    }
  }

  private Reply tenant(Call call) {
    String tenant = call.tenant();
    TenantMeta meta = instance.view().meta(tenant);
    List<Tenants.Place> found = places.everywhere(call);
    if (meta.events() == 0 && !found.isEmpty()) {
      throw ProblemException.of(
          ErrorCode.UNKNOWN_TENANT,
          "tenant: expected support events in the partition of its key, found them elsewhere: "
              + AttentionList.words(found));
    }
    requireKnown(meta);
    long now = clock.millis();
    Optional<TenantQuality> quality = instance.view().quality(tenant);
    MemorySettings memory = instance.config().engine().memory();
    int capacity =
        Math.min(
            meta.settings().examplesPerLabel().orElse(memory.examplesPerLabel()),
            memory.examplesPerTenant());
    List<Tenants.Label> labels =
        meta.rings().stream()
            .map(
                ring ->
                    new Tenants.Label(
                        ring.label(), ring.places().size(), ring.described(), capacity))
            .toList();
    return Reply.ok(
        new Tenants.Detail(
            tenant,
            meta.examples(),
            meta.labels(),
            meta.fingerprint().toHex(),
            meta.events(),
            meta.facts().clock().timeMillis(),
            meta.settings().pinned(),
            Names.owner(instance),
            quality.map(known -> Names.quality(instance, tenant, known, now)).orElse(null),
            bundle(tenant),
            Names.settings(meta.settings()),
            labels,
            found,
            new AttentionList(instance, now).of(tenant, quality, found)));
  }

  private Tenants.BundleInUse bundle(String tenant) {
    RolloutProgress rollout = instance.view().rollout();
    try (ModelLease lease = instance.view().model(tenant)) {
      String id = lease.model().bundleId();
      return new Tenants.BundleInUse(
          Names.name(id),
          Names.sha256(id),
          rollout.rollsOut() ? null : rollout.candidate().orElse(null));
    }
  }

  private Reply examples(Call call) {
    int limit = call.number("limit", STANDARD_LIMIT, 1, MAX_LIMIT);
    int page = call.number("page", 0, 0, MAX_PAGES);
    TenantSnapshot snapshot = known(instance, call);
    LabelledExamples support = labelled(instance, snapshot);
    Optional<String> label = call.parameter("label");
    Set<String> described = described(snapshot);
    ShownTexts texts = ShownTexts.of(instance, call);
    List<LabelledExamples.Entry> matching =
        support.entries().stream()
            .filter(
                entry -> label.isEmpty() || support.labels().get(entry.row()).equals(label.get()))
            .sorted(NEWEST_FIRST)
            .toList();
    long from = Math.min(matching.size(), (long) page * limit);
    List<LabelledExamples.Entry> shown =
        matching.subList((int) from, (int) Math.min(matching.size(), from + limit));
    return Reply.ok(
        new Tenants.Examples(
            matching.size(),
            page,
            limit,
            texts.about(),
            shown.stream()
                .map(entry -> example(call.tenant(), support, entry, described, texts))
                .toList()));
  }

  /** The ids of the descriptions of labels. */
  static Set<String> described(TenantSnapshot snapshot) {
    Set<String> ids = new HashSet<>();
    for (LabelRing ring : snapshot.meta().rings()) {
      if (ring.described()) {
        ids.add(snapshot.examples().get(new Slot(ring.labelId(), Slot.DESCRIPTION)).eventId());
      }
    }
    return ids;
  }

  private Tenants.Example example(
      String tenant,
      LabelledExamples support,
      LabelledExamples.Entry entry,
      Set<String> described,
      ShownTexts texts) {
    Projection map = maps.of(tenant, support);
    long expiry = entry.example().terms().expiresAtMillis();
    return new Tenants.Example(
        entry.example().eventId(),
        support.labels().get(entry.row()),
        texts.whole(entry.example().text()),
        entry.example().terms().weight(),
        entry.example().timestampMillis(),
        expiry == ExampleTerms.NEVER ? null : expiry,
        described.contains(entry.example().eventId()),
        map.at(entry.example().features(), 0),
        map.at(entry.example().features(), 1));
  }

  private Reply quality(Call call) {
    String tenant = call.tenant();
    requireKnown(instance.view().meta(tenant));
    TenantQuality quality = instance.view().quality(tenant).orElse(TenantQuality.NONE);
    Tenants.Quality now = Names.quality(instance, tenant, quality, clock.millis());
    List<Tenants.Point> points =
        Names.points(instance, tenant, quality).stream()
            .map(
                point ->
                    new Tenants.Point(
                        point.at(), point.tested(), point.before(), point.after(), point.right()))
            .toList();
    List<Tenants.Marker> markers =
        instance
            .view()
            .recorder()
            .history(tenant)
            .map(TenantHistory::markers)
            .orElse(List.of())
            .stream()
            .map(marker -> new Tenants.Marker(marker.at(), marker.kind().name(), marker.text()))
            .toList();
    return Reply.ok(new Tenants.History(now.accuracy(), now.driftDetected(), points, markers));
  }
}
