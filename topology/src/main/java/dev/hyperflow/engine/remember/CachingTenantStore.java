package dev.hyperflow.engine.remember;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the meta records used last decoded on the heap, in front of another store. */
public final class CachingTenantStore extends ForwardingTenantStore {
  private final Map<String, TenantMeta> recent;

  /**
   * A cache in front of {@code behind}, through which everything must be written.
   *
   * @param tenants most meta records kept on the heap, at least 1
   */
  public CachingTenantStore(TenantStore behind, int tenants) {
    super(behind);
    if (tenants < 1) {
      throw new IllegalArgumentException("tenants: expected at least 1, found " + tenants);
    }
    this.recent =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, TenantMeta> eldest) {
            return size() > tenants;
          }
        };
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
