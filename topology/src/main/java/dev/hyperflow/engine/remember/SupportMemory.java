package dev.hyperflow.engine.remember;

import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.Reason;
import dev.hyperflow.engine.event.Rejection;
import dev.hyperflow.engine.event.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The support sets of all tenants of a task: what support events do to them. One caller at a time.
 *
 * <p>All refusals are decided before the first write, so a refused event leaves no trace.
 */
public final class SupportMemory {
  // The meta record lists, per label, the occupied places in order of arrival. A new example takes
  // the lowest free place, or, when the ring is full, that of the oldest arrival. So within the
  // bound the set depends on the events alone, and a retraction leaves no hole that would cost a
  // later example its place. Cost of an add: one get of the index, one put each of example, index
  // and meta, and one more get and delete when something is replaced or displaced.

  private final TenantStore store;
  private final MemoryLimits limits;

  public SupportMemory(TenantStore store, MemoryLimits limits) {
    this.store = store;
    this.limits = limits;
  }

  /** What is known of the tenant. */
  public TenantMeta meta(String tenant) {
    return store.meta(tenant);
  }

  /**
   * Remembers an example. One with the same event id is replaced.
   *
   * @return why the example was refused, or empty when it is remembered
   */
  public Optional<Rejection> add(Event.Add event, FeatureVector features) {
    String tenant = event.tenant();
    TenantMeta meta = store.meta(tenant);
    Optional<Slot> earlier = store.slotOf(tenant, event.eventId());
    TenantMeta base = earlier.isPresent() ? without(tenant, meta, earlier.get()) : meta;
    Optional<Rejection> refusal = refusal(base, event.label(), features);
    if (refusal.isPresent()) {
      return refusal;
    }
    earlier.ifPresent(slot -> store.removeExample(tenant, slot));
    Example example =
        new Example(
            event.eventId(),
            event.timestampMillis(),
            event.weight(),
            ExampleHash.of(event.eventId(), event.label(), event.weight(), features),
            features);
    place(tenant, base, event.label(), example);
    return Optional.empty();
  }

  /**
   * Takes an example out, as if it had never been added.
   *
   * @return whether there was such an example
   */
  public boolean retract(String tenant, String eventId) {
    Optional<Slot> slot = store.slotOf(tenant, eventId);
    slot.ifPresent(
        found -> store.putMeta(tenant, displace(tenant, store.meta(tenant), found).withEvent()));
    return slot.isPresent();
  }

  /**
   * Takes a label out with all its examples.
   *
   * @return whether there was such a label
   */
  public boolean forgetLabel(String tenant, String label) {
    TenantMeta meta = store.meta(tenant);
    Optional<LabelRing> ring = meta.ring(label);
    if (ring.isEmpty()) {
      return false;
    }
    for (int place : ring.get().places()) {
      meta = displace(tenant, meta, new Slot(ring.get().labelId(), place));
    }
    store.putMeta(tenant, meta.withEvent());
    return true;
  }

  /**
   * Removes all that is known of a tenant.
   *
   * @return whether anything was known
   */
  public boolean forgetTenant(String tenant) {
    boolean known = store.meta(tenant).events() > 0;
    if (known) {
      store.removeTenant(tenant);
    }
    return known;
  }

  /**
   * The tenant's support set in canonical order: labels sorted by name, examples by label, then by
   * event id. Sums over it do not depend on the order of arrival.
   */
  public LabelledExamples examples(String tenant) {
    TenantMeta meta = store.meta(tenant);
    List<String> labels = meta.rings().stream().map(LabelRing::label).sorted().toList();
    Map<Integer, Integer> rowOfLabelId = new HashMap<>();
    meta.rings().forEach(ring -> rowOfLabelId.put(ring.labelId(), labels.indexOf(ring.label())));
    List<LabelledExamples.Entry> entries = new ArrayList<>(meta.examples());
    store.forEachExample(
        tenant,
        (slot, example) ->
            entries.add(new LabelledExamples.Entry(rowOfLabelId.get(slot.labelId()), example)));
    entries.sort(LabelledExamples.CANONICAL_ORDER);
    return new LabelledExamples(labels, entries, meta);
  }

  private Optional<Rejection> refusal(TenantMeta meta, String label, FeatureVector features) {
    if (meta.dimension() != 0 && meta.dimension() != features.dimension()) {
      return reject(
          Reason.WRONG_DIMENSION,
          "payload: expected %d features like the tenant's other examples, found %d",
          meta.dimension(),
          features.dimension());
    }
    if (meta.ring(label).isEmpty() && meta.labels() >= limits.labelsPerTenant()) {
      return reject(
          Reason.TOO_MANY_LABELS,
          "label: expected one of the tenant's %d labels (the limit), found the new label '%s'",
          meta.labels(),
          label);
    }
    return Optional.empty();
  }

  private void place(String tenant, TenantMeta meta, String label, Example example) {
    TenantMeta room = meta;
    Optional<LabelRing> ring = room.ring(label);
    while (ring.isPresent() && ring.get().places().size() >= limits.examplesPerLabel()) {
      room = displace(tenant, room, ring.get().oldest());
      ring = room.ring(label);
    }
    int place = ring.map(LabelRing::freePlace).orElse(0);
    TenantMeta after = room.withExample(label, place, example).withEvent();
    Slot slot = new Slot(after.ring(label).orElseThrow().labelId(), place);
    store.putExample(tenant, slot, example);
    store.putSlotOf(tenant, example.eventId(), slot);
    store.putMeta(tenant, after);
  }

  private TenantMeta displace(String tenant, TenantMeta meta, Slot slot) {
    Example example = existing(tenant, slot);
    store.removeExample(tenant, slot);
    store.removeSlotOf(tenant, example.eventId());
    return meta.withoutExample(meta.labelOf(slot.labelId()), slot.place(), example);
  }

  private TenantMeta without(String tenant, TenantMeta meta, Slot slot) {
    return meta.withoutExample(meta.labelOf(slot.labelId()), slot.place(), existing(tenant, slot));
  }

  private Example existing(String tenant, Slot slot) {
    return store
        .example(tenant, slot)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "support memory of tenant '%s': expected an example in %s, found none"
                        .formatted(tenant, slot)));
  }

  private static Optional<Rejection> reject(Reason reason, String message, Object... arguments) {
    return Optional.of(new Rejection(Stage.REMEMBER, reason, message.formatted(arguments)));
  }
}
