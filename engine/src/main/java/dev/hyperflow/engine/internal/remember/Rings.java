package dev.hyperflow.engine.internal.remember;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides which examples make room when a label or a tenant holds more than it may. */
final class Rings {
  // Places stand in the order in which their examples give way: those of NEWEST by arrival, those
  // of RESERVOIR from the highest rank down. So the example that gives way is found without reading
  // the others, and a new one of the reservoir finds its index by binary search: a dozen reads in a
  // ring of thousands. A ring in the order of the other policy, from state that an older version or
  // other settings left, is read once and put in order.
  //
  // Taking from the fullest label fills all labels to one level, as water does: a label with fewer
  // examples keeps all of them. A level only sinks while examples come, so a reservoir never misses
  // one that it gave away, and what it keeps does not depend on the order of arrival.

  private final TenantStore store;
  private final RingPolicy policy;

  Rings(TenantStore store, RingPolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /** The policy that all rings are brought into the order of. */
  RingPolicy policy() {
    return policy;
  }

  /** The ring with its places in the order of the policy. */
  LabelRing ordered(String tenant, LabelRing ring) {
    if (ring.order() == policy) {
      return ring;
    }
    List<Integer> places = new ArrayList<>(ring.places());
    if (places.size() > 1) {
      Map<Integer, Example> examples = new HashMap<>();
      places.forEach(
          place -> examples.put(place, example(tenant, new Slot(ring.labelId(), place))));
      places.sort(Comparator.comparing(examples::get, firstToGiveWay(tenant)));
    }
    return ring.with(places, policy);
  }

  /** Event time stands in for the order of arrival where that was not kept. */
  private Comparator<Example> firstToGiveWay(String tenant) {
    return policy == RingPolicy.NEWEST
        ? Comparator.comparingLong(Example::timestampMillis).thenComparing(Example::eventId)
        : (one, other) -> compareRanks(tenant, other.eventId(), one.eventId());
  }

  /**
   * The slots of two labels' examples in the order in which they give way as those of one label.
   *
   * @param one in the order of the policy
   * @param other in the order of the policy
   * @param examples those of both
   */
  List<Slot> together(String tenant, LabelRing one, LabelRing other, Map<Slot, Example> examples) {
    Comparator<Example> order = firstToGiveWay(tenant);
    List<Slot> slots = new ArrayList<>(one.places().size() + other.places().size());
    int i = 0;
    int j = 0;
    while (i < one.places().size() && j < other.places().size()) {
      boolean isFirst = order.compare(examples.get(one.slot(i)), examples.get(other.slot(j))) <= 0;
      slots.add(isFirst ? one.slot(i++) : other.slot(j++));
    }
    while (i < one.places().size()) {
      slots.add(one.slot(i++));
    }
    while (j < other.places().size()) {
      slots.add(other.slot(j++));
    }
    return slots;
  }

  /**
   * Where a new example belongs in a ring.
   *
   * @param ring in the order of the policy
   * @return an index into its places; 0 if the new example gives way first
   */
  int index(String tenant, LabelRing ring, String eventId) {
    int low = 0;
    int high = ring.places().size();
    if (policy == RingPolicy.NEWEST) {
      return high;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compareRanks(tenant, example(tenant, ring.slot(middle)).eventId(), eventId) > 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether a new example gives way before all of a ring that is in the order of the policy. */
  boolean keepsOut(String tenant, LabelRing ring, String eventId) {
    return ring.places().isEmpty()
        || (policy == RingPolicy.RESERVOIR
            && compareRanks(tenant, eventId, example(tenant, ring.slot(0)).eventId()) > 0);
  }

  /** The label with the most examples; of several, the first by name. Empty without examples. */
  static Optional<LabelRing> fullest(TenantMeta meta) {
    return fullest(meta.rings(), Optional.empty());
  }

  /** The label that would have the most examples if {@code growing} had one more. */
  static LabelRing fullest(TenantMeta meta, LabelRing growing) {
    return fullest(meta.rings(), Optional.of(growing)).orElse(growing);
  }

  private static Optional<LabelRing> fullest(
      Collection<LabelRing> rings, Optional<LabelRing> growing) {
    LabelRing fullest = growing.orElse(null);
    int most = growing.map(ring -> ring.places().size() + 1).orElse(0);
    for (LabelRing ring : rings) {
      int size = ring.places().size();
      boolean isFuller =
          size > most || (size > 0 && size == most && ring.label().compareTo(fullest.label()) < 0);
      if (isFuller) {
        fullest = ring;
        most = size;
      }
    }
    return Optional.ofNullable(fullest);
  }

  /** Compares ranks; those that are equal by chance, by event id. */
  private static int compareRanks(String tenant, String one, String other) {
    int byRank = Long.compareUnsigned(RingPolicy.rank(tenant, one), RingPolicy.rank(tenant, other));
    return byRank != 0 ? byRank : one.compareTo(other);
  }

  /** The example in a slot, which must be occupied. */
  Example example(String tenant, Slot slot) {
    return store.example(tenant, slot).orElseThrow(() -> TornMemoryException.missing(tenant, slot));
  }
}
