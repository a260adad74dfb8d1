package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.remember.ForwardingTenantStore;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.util.Optional;

/** Finds meta records in a cache first. */
final class CachingTenantStore extends ForwardingTenantStore {
  private final TenantCache cache;

  CachingTenantStore(TenantStore behind, TenantCache cache) {
    super(behind);
    this.cache = cache;
  }

  @Override
  public TenantMeta meta(String tenant) {
    Optional<TenantMeta> cached = cache.meta(tenant);
    if (cached.isPresent()) {
      return cached.get();
    }
    TenantMeta stored = super.meta(tenant);
    cache.putMeta(tenant, stored);
    return stored;
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    cache.putMeta(tenant, meta);
    super.putMeta(tenant, meta);
  }

  @Override
  public void removeTenant(String tenant) {
    cache.remove(tenant);
    super.removeTenant(tenant);
  }
}
