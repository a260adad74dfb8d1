package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives labels other names, and makes two labels one. One caller at a time. */
final class LabelChanges {
  // A hash covers the name of the label, so each example of the label is written anew. A renamed
  // label keeps its number and its slots. Of two labels that become one, the older keeps its
  // number, and the examples of the younger move to its slots. Without transactions a crash may
  // keep the moves and lose the meta record's later events: the older label is one that the meta
  // record knows then, too. Or it may keep the meta record and take the moves back: the ring
  // remembers the number of the younger. An example is put in its new slot before its earlier one
  // is freed.

  private final TenantStore store;
  private final MemorySettings settings;
  private final Rings rings;

  LabelChanges(TenantStore store, MemorySettings settings, Rings rings) {
    this.store = store;
    this.settings = settings;
    this.rings = rings;
  }

  /** See {@link SupportMemory#renameLabel}. */
  MemoryChange rename(String tenant, String label, String name, long timestampMillis) {
    TenantMeta meta = store.meta(tenant);
    Optional<MemoryChange> nothing = nothing(meta, label, name);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    if (meta.ring(name).isPresent()) {
      return new MemoryChange.Refused(
          new Rejection(
              Stage.REMEMBER,
              Reason.LABEL_EXISTS,
              ("targetLabel: expected a name that no label of the tenant has, found '%s'."
                      + " MERGE_LABELS makes two labels one")
                  .formatted(name)));
    }
    return changed(tenant, renamed(tenant, meta, label, name), timestampMillis);
  }

  /** See {@link SupportMemory#mergeLabels}. */
  MemoryChange merge(String tenant, String label, String target, long timestampMillis) {
    TenantMeta meta = store.meta(tenant);
    Optional<MemoryChange> nothing = nothing(meta, label, target);
    if (nothing.isPresent()) {
      return nothing.get();
    }
    TenantMeta after =
        meta.ring(target).isEmpty()
            ? renamed(tenant, meta, label, target)
            : merged(tenant, meta, meta.ringOrNew(label), meta.ringOrNew(target));
    return changed(tenant, after, timestampMillis);
  }

  private static Optional<MemoryChange> nothing(TenantMeta meta, String label, String target) {
    if (meta.ring(label).isEmpty()) {
      return Optional.of(new MemoryChange.Unchanged(Reason.UNKNOWN_LABEL));
    }
    return label.equals(target)
        ? Optional.of(new MemoryChange.Unchanged(Reason.UNCHANGED_NAME))
        : Optional.empty();
  }

  private MemoryChange changed(String tenant, TenantMeta after, long timestampMillis) {
    store.putMeta(tenant, after.withEvent(timestampMillis));
    return new MemoryChange.Changed(true, false);
  }

  private TenantMeta renamed(String tenant, TenantMeta meta, String label, String name) {
    LabelRing ring = meta.ringOrNew(label);
    Rewriting rewriting = new Rewriting(tenant, name, meta.fingerprint(), examples(tenant, ring));
    ring.slots().forEach(slot -> rewriting.move(slot, slot));
    return meta.relabelled(label, ring.named(name), rewriting.sum);
  }

  /** The examples stand as if all had come to one label; of two descriptions, the later one. */
  private TenantMeta merged(String tenant, TenantMeta meta, LabelRing from, LabelRing into) {
    boolean isOlder = into.labelId() < from.labelId();
    LabelRing older = isOlder ? into : from;
    LabelRing younger = isOlder ? from : into;
    Map<Slot, Example> examples = examples(tenant, from);
    examples.putAll(examples(tenant, into));
    Rewriting rewriting = new Rewriting(tenant, into.label(), meta.fingerprint(), examples);
    List<Slot> order =
        rings.together(tenant, rings.ordered(tenant, into), rings.ordered(tenant, from), examples);
    int surplus = Math.max(0, order.size() - settings.examplesPerLabel(meta.settings()));
    order.subList(0, surplus).forEach(rewriting::drop);
    List<Slot> kept = order.subList(surplus, order.size());
    BitSet occupied = new BitSet();
    kept.stream()
        .filter(slot -> slot.labelId() == older.labelId())
        .forEach(slot -> occupied.set(slot.place()));
    List<Integer> places = new ArrayList<>(kept.size());
    for (Slot slot : kept) {
      int place = slot.place();
      if (slot.labelId() != older.labelId()) {
        place = occupied.nextClearBit(0);
        occupied.set(place);
      }
      rewriting.move(slot, new Slot(older.labelId(), place));
      places.add(place);
    }
    LabelRing ring = older.named(into.label()).with(places, rings.policy()).succeeding(younger);
    if (from.described() || into.described()) {
      describe(rewriting, from, into, new Slot(older.labelId(), Slot.DESCRIPTION));
      ring = ring.with(Slot.DESCRIPTION);
    }
    return meta.relabelled(from.label(), ring, rewriting.sum);
  }

  private static void describe(Rewriting rewriting, LabelRing from, LabelRing into, Slot to) {
    Slot moving = new Slot(from.labelId(), Slot.DESCRIPTION);
    Slot own = new Slot(into.labelId(), Slot.DESCRIPTION);
    if (!from.described() || !into.described()) {
      rewriting.move(from.described() ? moving : own, to);
    } else {
      boolean isMovingLater = rewriting.isLater(moving, own);
      rewriting.drop(isMovingLater ? own : moving);
      rewriting.move(isMovingLater ? moving : own, to);
    }
  }

  private Map<Slot, Example> examples(String tenant, LabelRing ring) {
    Map<Slot, Example> examples = new HashMap<>();
    ring.slots().forEach(slot -> examples.put(slot, rings.example(tenant, slot)));
    return examples;
  }

  /** Writes examples anew under the name of a label, and keeps the sum of the tenant's hashes. */
  private final class Rewriting {
    private final String tenant;
    private final String label;
    private final Map<Slot, Example> examples;
    private Fingerprint sum;

    Rewriting(String tenant, String label, Fingerprint sum, Map<Slot, Example> examples) {
      this.tenant = tenant;
      this.label = label;
      this.sum = sum;
      this.examples = examples;
    }

    boolean isLater(Slot one, Slot other) {
      return examples.get(one).timestampMillis() > examples.get(other).timestampMillis();
    }

    void drop(Slot slot) {
      Example example = examples.get(slot);
      store.removeExample(tenant, slot);
      store.removeSlotOf(tenant, example.eventId());
      sum = sum.minus(example.fingerprint());
    }

    /** Rewrites an example under the name of the label, in another slot or in its own. */
    void move(Slot from, Slot to) {
      Example before = examples.get(from);
      Example after = before.with(label, before.features(), settings.fading());
      if (to.equals(from) && after.fingerprint().equals(before.fingerprint())) {
        return;
      }
      store.putExample(tenant, to, after);
      if (!to.equals(from)) {
        store.putSlotOf(tenant, after.eventId(), to);
        store.removeExample(tenant, from);
      }
      sum = sum.minus(before.fingerprint()).plus(after.fingerprint());
    }
  }
}
