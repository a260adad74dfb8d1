package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Fingerprint;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Gives a tenant's examples the hashes of this half-life, the first time the tenant is met. One
 * caller at a time.
 */
public final class FadingTenantStore extends ForwardingTenantStore {
  // The fingerprint must name all that a head depends on, which is times and half-life where
  // weights fade. After a change of the setting the stored hashes are those of the setting before,
  // and a cached head of theirs would pass for current. All examples of a tenant have hashes of one
  // setting, so that one of them tells. It is written last: where a crash keeps the first writes
  // only, it still tells. The cost is one get and one hash a tenant after a start, and its name on
  // the heap for as long as it has examples: queries name tenants that nobody knows.

  private final Fading fading;
  private final Set<String> seen = new HashSet<>();

  /**
   * A store in front of {@code behind}, through which everything must be written.
   *
   * @param fading how weights fade with age
   */
  public FadingTenantStore(TenantStore behind, Fading fading) {
    super(behind);
    this.fading = fading;
  }

  @Override
  public TenantMeta meta(String tenant) {
    TenantMeta meta = super.meta(tenant);
    if (meta.examples() == 0) {
      seen.remove(tenant);
      return meta;
    }
    if (!seen.add(tenant)) {
      return meta;
    }
    LabelRing ring = meta.rings().iterator().next();
    Slot sample = ring.slots().iterator().next();
    Example example =
        example(tenant, sample).orElseThrow(() -> TornMemoryException.missing(tenant, sample));
    return rehashed(example, ring.label()).fingerprint().equals(example.fingerprint())
        ? meta
        : rehash(tenant, meta);
  }

  @Override
  public void removeTenant(String tenant) {
    super.removeTenant(tenant);
    seen.remove(tenant);
  }

  /** The number of tenants whose names are on the heap. */
  int met() {
    return seen.size();
  }

  private TenantMeta rehash(String tenant, TenantMeta meta) {
    Map<Slot, Example> examples = new HashMap<>();
    forEachExample(tenant, examples::put);
    Fingerprint sum = Fingerprint.EMPTY;
    Slot sample = meta.rings().iterator().next().slots().iterator().next();
    for (Map.Entry<Slot, Example> entry : examples.entrySet()) {
      Example example = rehashed(entry.getValue(), meta.labelOf(entry.getKey().labelId()));
      entry.setValue(example);
      sum = sum.plus(example.fingerprint());
      if (!entry.getKey().equals(sample)) {
        putExample(tenant, entry.getKey(), example);
      }
    }
    putExample(tenant, sample, examples.get(sample));
    TenantMeta after = meta.withFingerprint(sum);
    putMeta(tenant, after);
    return after;
  }

  private Example rehashed(Example example, String label) {
    return example.with(label, example.features(), fading);
  }
}
