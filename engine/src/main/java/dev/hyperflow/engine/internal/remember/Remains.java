package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Fingerprint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The examples and the index entries that a store holds of a tenant, whatever its meta says. */
final class Remains {
  // An example stays when the meta record knows its label. Its hash may be that of another name of
  // the label, and it may be in a slot of a label that was merged into another one: a loss may have
  // taken the change of names from the examples alone, or from the meta record alone. It gets the
  // name that the meta record knows, and the event that changed the names comes again. Where a
  // tenant was forgotten, the number of a label was given out anew; then the event that forgot the
  // tenant comes again. The order of arrival is gone where the meta record and the examples
  // disagree; event time stands in for it, and the order of the meta record where times are equal.

  // A crash while a tenant was encoded anew may leave examples of two encoders. A space that no
  // encoder has makes the tenant's next event encode all of them.

  private static final String UNKNOWN_SPACE = "?";

  private final String tenant;
  private final Map<Slot, Example> examples = new HashMap<>();
  private final Map<String, Slot> index = new HashMap<>();

  private Remains(String tenant) {
    this.tenant = tenant;
  }

  static Remains of(TenantStore store, String tenant) {
    Remains remains = new Remains(tenant);
    store.forEachExample(tenant, remains.examples::put);
    store.forEachSlotOf(tenant, remains.index::put);
    return remains;
  }

  /** Whether examples, index and meta record say the same. */
  boolean areWhole(TenantMeta meta) {
    Fingerprint sum = Fingerprint.EMPTY;
    for (Map.Entry<Slot, Example> entry : examples.entrySet()) {
      sum = sum.plus(entry.getValue().fingerprint());
      if (!entry.getKey().equals(index.get(entry.getValue().eventId()))) {
        return false;
      }
    }
    return index.size() == examples.size()
        && examples.keySet().equals(listed(meta))
        && sum.equals(meta.fingerprint());
  }

  /** Makes all three say the same, and gives the meta record as it is then. */
  TenantMeta heal(TenantStore store, TenantMeta meta) {
    if (meta.events() == 0) {
      store.removeTenant(tenant);
      return TenantMeta.EMPTY;
    }
    adopt(store, meta);
    Map<String, Slot> kept = kept(meta);
    Set<Slot> slots = new LinkedHashSet<>(kept.values());
    examples.keySet().stream()
        .filter(slot -> !slots.contains(slot))
        .forEach(slot -> store.removeExample(tenant, slot));
    index.keySet().stream()
        .filter(eventId -> !kept.containsKey(eventId))
        .forEach(eventId -> store.removeSlotOf(tenant, eventId));
    kept.forEach((eventId, slot) -> store.putSlotOf(tenant, eventId, slot));
    TenantMeta healed = TenantMeta.of(facts(meta, slots), rings(meta, slots));
    store.putMeta(tenant, healed);
    return healed;
  }

  /** The examples that stay, by event id, in the order of arrival. */
  private Map<String, Slot> kept(TenantMeta meta) {
    Map<Integer, String> labels = new HashMap<>();
    meta.rings().forEach(ring -> labels.put(ring.labelId(), ring.label()));
    Set<Slot> known = listed(meta);
    known.retainAll(examples.keySet());
    List<Slot> others = new ArrayList<>(examples.keySet());
    others.removeAll(known);
    others.sort(Comparator.comparingInt(Slot::labelId).thenComparingInt(Slot::place));
    List<Slot> arrived = new ArrayList<>(known);
    arrived.addAll(others);
    arrived.sort(Comparator.comparingLong(slot -> examples.get(slot).timestampMillis()));
    Map<String, Slot> kept = new LinkedHashMap<>();
    for (Slot slot : arrived) {
      Example example = examples.get(slot);
      String label = labels.get(slot.labelId());
      if (label != null && (allHaveTexts() || example.features().dimension() == meta.dimension())) {
        kept.remove(example.eventId()); // of two examples of an event, the later one stays
        kept.put(example.eventId(), slot);
      }
    }
    return kept;
  }

  /** Gives examples the slot and the hash of the label that the meta record makes theirs. */
  private void adopt(TenantStore store, TenantMeta meta) {
    Map<Integer, LabelRing> rings = new HashMap<>();
    meta.rings().forEach(ring -> ring.formerIds().forEach(id -> rings.put(id, ring)));
    meta.rings().forEach(ring -> rings.put(ring.labelId(), ring));
    List<Slot> slots = new ArrayList<>(examples.keySet());
    slots.removeIf(slot -> !rings.containsKey(slot.labelId()));
    slots.sort(Comparator.comparingInt(Slot::labelId).thenComparingInt(Slot::place));
    if (slots.stream().allMatch(slot -> isOf(rings.get(slot.labelId()), slot))) {
      return;
    }
    for (Slot slot : slots) {
      LabelRing ring = rings.get(slot.labelId());
      Slot to = slot.labelId() == ring.labelId() ? slot : slotIn(ring, slot);
      // Without fading, so that all are hashed anew where weights fade; see FadingTenantStore.
      Example example = examples.get(slot);
      Example adopted = example.with(ring.label(), example.features(), Fading.OFF);
      examples.put(to, adopted);
      store.putExample(tenant, to, adopted);
      if (!to.equals(slot)) {
        examples.remove(slot);
        store.removeExample(tenant, slot);
      }
    }
  }

  /** Looks at the half of the hash that does not depend on times. */
  private boolean isOf(LabelRing ring, Slot slot) {
    Example example = examples.get(slot);
    Fingerprint content =
        ExampleHash.of(
            example.eventId(), ring.label(), example.terms().weight(), example.features());
    return slot.labelId() == ring.labelId() && example.fingerprint().high() == content.high();
  }

  /** A free slot of a label; that of its description may be that of an earlier one. */
  private Slot slotIn(LabelRing ring, Slot former) {
    Slot description = new Slot(ring.labelId(), Slot.DESCRIPTION);
    if (former.isDescription()) {
      Example own = examples.get(description);
      boolean isEarlier =
          own != null && own.timestampMillis() >= examples.get(former).timestampMillis();
      return isEarlier ? former : description;
    }
    int place = 0;
    while (examples.containsKey(new Slot(ring.labelId(), place))) {
      place++;
    }
    return new Slot(ring.labelId(), place);
  }

  /** Whether the examples can be encoded anew, should they be of two encoders. */
  private boolean allHaveTexts() {
    return examples.values().stream().allMatch(example -> example.text().isPresent());
  }

  private TenantFacts.Features features(TenantMeta meta) {
    TenantFacts.Features before = meta.facts().features();
    return before.space().isEmpty() || !allHaveTexts()
        ? before
        : new TenantFacts.Features(before.dimension(), UNKNOWN_SPACE);
  }

  private TenantFacts facts(TenantMeta meta, Set<Slot> kept) {
    TenantFacts before = meta.facts();
    Fingerprint sum = Fingerprint.EMPTY;
    long nextExpiryMillis = ExampleTerms.NEVER;
    for (Slot slot : kept) {
      Example example = examples.get(slot);
      sum = sum.plus(example.fingerprint());
      nextExpiryMillis = Math.min(nextExpiryMillis, example.terms().expiresAtMillis());
    }
    return new TenantFacts(
        before.counters(),
        kept.isEmpty() ? TenantFacts.Features.NONE : features(meta),
        sum,
        new TenantFacts.Clock(before.clock().timeMillis(), nextExpiryMillis),
        before.settings());
  }

  private static List<LabelRing> rings(TenantMeta meta, Set<Slot> kept) {
    List<LabelRing> rings = new ArrayList<>();
    for (LabelRing ring : meta.rings()) {
      LabelRing rebuilt =
          new LabelRing(
              ring.labelId(), ring.label(), List.of(), false, RingPolicy.NEWEST, ring.formerIds());
      for (Slot slot : kept) {
        if (slot.labelId() == ring.labelId()) {
          rebuilt = rebuilt.with(slot.place());
        }
      }
      if (rebuilt.size() > 0) {
        rings.add(rebuilt);
      }
    }
    return rings;
  }

  /** The slots that the meta record lists, of each label in the order of arrival. */
  private static Set<Slot> listed(TenantMeta meta) {
    Set<Slot> slots = new LinkedHashSet<>();
    meta.rings().forEach(ring -> slots.addAll(ring.slots()));
    return slots;
  }
}
