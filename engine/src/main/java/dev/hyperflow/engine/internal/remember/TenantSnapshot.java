package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Fingerprint;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered of one tenant, read from stores that another thread may be writing to.
 * Immutable.
 */
public final class TenantSnapshot {
  // The meta record is read first, then the examples; the writer may have been between its writes,
  // or may have gone on meanwhile. Both show: the sum of the hashes of what was read is not the
  // fingerprint of the meta record then, or a slot is not one that it lists.

  private final TenantMeta meta;
  private final Map<Slot, Example> examples;

  /** A snapshot of what was read; see {@link #isWhole()}. */
  public TenantSnapshot(TenantMeta meta, Map<Slot, Example> examples) {
    this.meta = meta;
    this.examples = Map.copyOf(examples);
  }

  /** Whether meta record and examples belong together; anything else must be read again. */
  public boolean isWhole() {
    Set<Slot> listed = new HashSet<>();
    meta.rings().forEach(ring -> listed.addAll(ring.slots()));
    Fingerprint sum = Fingerprint.EMPTY;
    for (Example example : examples.values()) {
      sum = sum.plus(example.fingerprint());
    }
    return listed.equals(examples.keySet()) && sum.equals(meta.fingerprint());
  }

  /** The meta record that was read before the examples. */
  public TenantMeta meta() {
    return meta;
  }

  /** The examples by the slots that they are kept in. */
  public Map<Slot, Example> examples() {
    return examples;
  }

  /**
   * The support set in canonical order; the snapshot must be {@linkplain #isWhole whole}.
   *
   * @param fading how weights fade with age
   */
  public LabelledExamples labelled(Fading fading) {
    return LabelledExamples.of(meta, examples, fading);
  }

  /** Puts all of it into a store, under a tenant's name. */
  public void putInto(TenantStore store, String tenant) {
    examples.forEach(
        (slot, example) -> {
          store.putExample(tenant, slot, example);
          store.putSlotOf(tenant, example.eventId(), slot);
        });
    store.putMeta(tenant, meta);
  }
}
