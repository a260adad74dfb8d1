package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.LabelRing;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.json.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A tenant's support set as the support events that make it. */
final class SupportRoutes {
  /*
   * The settings come first: with a smaller memory than the tenant's own, examples would displace
   * each other. Then label by label, in the order of arrival, which says what a full ring drops
   * next. The settings carry the tenant's time; no example expires by that, as the engine takes out
   * what has expired before it moves a tenant's clock.
   */
  private static final int MAX_LIMIT = 1_000;
  private static final int STANDARD_LIMIT = 50;
  private static final int MAX_PAGES = 1_000_000;

  private final Instance instance;

  SupportRoutes(Instance instance) {
    this.instance = instance;
  }

  Route route() {
    return Route.get(
        "/api/v1/tenants/{tenant}/support",
        Route.Access.COPY_TENANT,
        Route.Doc.gives(
            "The support events that make a tenant's support set and settings, in their order",
            Tenants.Support.class,
            Route.Parameter.number("limit", 1, MAX_LIMIT, "Maximum number of events in a page."),
            Route.Parameter.number("page", 0, MAX_PAGES, "Which page, from 0.")),
        this::support);
  }

  private Reply support(Call call) {
    int limit = call.number("limit", STANDARD_LIMIT, 1, MAX_LIMIT);
    int page = call.number("page", 0, 0, MAX_PAGES);
    TenantSnapshot snapshot = TenantRoutes.known(instance, call);
    TenantMeta meta = snapshot.meta();
    MemorySettings memory = instance.config().engine().memory();
    List<Supplier<Write.Support>> events = events(snapshot, memory.descriptionWeight());
    int from = (int) Math.min(events.size(), (long) page * limit);
    int to = (int) Math.min(events.size(), (long) from + limit);
    return Reply.ok(
        new Tenants.Support(
            events.size(),
            page,
            limit,
            meta.fingerprint().toHex(),
            meta.events(),
            meta.facts().clock().timeMillis(),
            memory.precision(),
            events.subList(from, to).stream().map(Supplier::get).toList()));
  }

  private static List<Supplier<Write.Support>> events(
      TenantSnapshot snapshot, float descriptionWeight) {
    TenantMeta meta = snapshot.meta();
    List<Supplier<Write.Support>> events = new ArrayList<>();
    events.add(() -> configure(meta));
    String space = meta.facts().features().space();
    for (LabelRing ring : meta.rings()) {
      if (ring.described()) {
        Example description = snapshot.examples().get(new Slot(ring.labelId(), Slot.DESCRIPTION));
        float weight = undone(description.terms().weight(), descriptionWeight);
        events.add(
            () -> event(Write.Operation.DESCRIBE_LABEL, ring.label(), description, weight, space));
      }
      for (int place : ring.places()) {
        Example example = snapshot.examples().get(new Slot(ring.labelId(), place));
        events.add(
            () ->
                event(Write.Operation.ADD, ring.label(), example, example.terms().weight(), space));
      }
    }
    return events;
  }

  private static Write.Support configure(TenantMeta meta) {
    TenantSettings settings = meta.settings();
    return new Write.Support(
        Write.Operation.CONFIGURE,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new Write.Settings(
            settings.examplesPerLabel().orElse(null),
            settings.consistency().orElse(null),
            settings.abstainBelow().orElse(null),
            settings.pinned()),
        meta.facts().clock().timeMillis(),
        null,
        null);
  }

  private static Write.Support event(
      Write.Operation operation, String label, Example example, float weight, String space) {
    long expiry = example.terms().expiresAtMillis();
    return new Write.Support(
        operation,
        example.eventId(),
        label,
        example.text().orElse(null),
        numbers(example.features()),
        weight,
        expiry == ExampleTerms.NEVER ? null : Long.valueOf(expiry),
        null,
        null,
        null,
        example.timestampMillis(),
        space.isEmpty() ? null : space,
        null);
  }

  private static List<Float> numbers(FeatureVector features) {
    List<Float> numbers = new ArrayList<>(features.dimension());
    for (int i = 0; i < features.dimension(); i++) {
      numbers.add(features.get(i));
    }
    return numbers;
  }

  /**
   * The weight that, times the weight of descriptions, is the one that was kept, to the bit. The
   * least of them, as it must not be beyond the largest weight by a rounding.
   */
  private static float undone(float kept, float descriptionWeight) {
    float quotient = kept / descriptionWeight;
    for (float near : new float[] {Math.nextDown(quotient), quotient, Math.nextUp(quotient)}) {
      if (near * descriptionWeight == kept) {
        return near;
      }
    }
    return quotient;
  }
}
