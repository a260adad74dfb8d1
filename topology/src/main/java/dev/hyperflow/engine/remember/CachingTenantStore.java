package dev.hyperflow.engine.remember;

import dev.hyperflow.engine.heap.RecentlyUsed;
import java.util.function.LongSupplier;

/** Keeps the meta records used last decoded on the heap, in front of another store. */
public final class CachingTenantStore extends ForwardingTenantStore {
  private static final long META_BYTES = 400;
  private static final long LABEL_BYTES = 160;
  private static final long PLACE_BYTES = 4;

  private final RecentlyUsed<String, TenantMeta> recent;

  /**
   * A cache in front of {@code behind}, through which everything must be written.
   *
   * @param limit most bytes of meta records kept on the heap
   */
  public CachingTenantStore(TenantStore behind, LongSupplier limit) {
    super(behind);
    this.recent = new RecentlyUsed<>(limit, CachingTenantStore::bytes);
  }

  /** An estimate: a few objects of the record and of each label, and its characters. */
  private static long bytes(TenantMeta meta) {
    long bytes = META_BYTES;
    for (LabelRing ring : meta.rings()) {
      bytes += LABEL_BYTES + 2L * ring.label().length() + PLACE_BYTES * ring.places().size();
    }
    return bytes;
  }

  @Override
  public TenantMeta meta(String tenant) {
    TenantMeta known = recent.get(tenant);
    if (known == null) {
      known = super.meta(tenant);
      recent.put(tenant, known);
    }
    return known;
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    recent.put(tenant, meta);
    super.putMeta(tenant, meta);
  }

  @Override
  public void removeTenant(String tenant) {
    recent.remove(tenant);
    super.removeTenant(tenant);
  }
}
