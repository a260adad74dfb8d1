package dev.hyperflow.engine.internal.remember;

import java.util.Comparator;
import java.util.Optional;

/** Decides which examples make room when a label or a tenant holds more than it may. */
final class Rings {
  private static final Comparator<LabelRing> FULLEST =
      Comparator.comparingInt((LabelRing ring) -> ring.places().size())
          .thenComparing(LabelRing::label, Comparator.reverseOrder());

  private final TenantStore store;
  private final RingPolicy policy;

  Rings(TenantStore store, RingPolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /** The slot of the label's example that stays the least; the ring is not empty. */
  Slot victim(String tenant, LabelRing ring) {
    if (policy == RingPolicy.NEWEST) {
      return ring.oldest();
    }
    Slot highest = null;
    long rank = 0;
    for (int place : ring.places()) {
      Slot slot = new Slot(ring.labelId(), place);
      long other = rankIn(tenant, slot);
      if (highest == null || Long.compareUnsigned(other, rank) > 0) {
        highest = slot;
        rank = other;
      }
    }
    return highest;
  }

  /** Whether a full ring has no place for a new example. */
  boolean keepsOut(String tenant, LabelRing ring, String eventId) {
    return policy == RingPolicy.RESERVOIR
        && Long.compareUnsigned(
                RingPolicy.rank(tenant, eventId), rankIn(tenant, victim(tenant, ring)))
            > 0;
  }

  /** The label with the most examples; of several, the first by name. */
  static Optional<LabelRing> fullest(TenantMeta meta) {
    return meta.rings().stream().filter(ring -> !ring.places().isEmpty()).max(FULLEST);
  }

  private long rankIn(String tenant, Slot slot) {
    return RingPolicy.rank(tenant, store.example(tenant, slot).orElseThrow().eventId());
  }
}
