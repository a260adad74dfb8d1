package dev.hyperflow.engine.remember;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Keeps the meta records used last decoded on the heap, in front of another store. */
public final class CachingTenantStore implements TenantStore {
  private final TenantStore behind;
  private final Map<String, TenantMeta> recent;

  /**
   * A cache in front of {@code behind}, through which everything must be written.
   *
   * @param tenants most meta records kept on the heap, at least 1
   */
  public CachingTenantStore(TenantStore behind, int tenants) {
    if (tenants < 1) {
      throw new IllegalArgumentException("tenants: expected at least 1, found " + tenants);
    }
    this.behind = behind;
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
      known = behind.meta(tenant);
      recent.put(tenant, known);
    }
    return known;
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    recent.put(tenant, meta);
    behind.putMeta(tenant, meta);
  }

  @Override
  public Optional<Example> example(String tenant, Slot slot) {
    return behind.example(tenant, slot);
  }

  @Override
  public void putExample(String tenant, Slot slot, Example example) {
    behind.putExample(tenant, slot, example);
  }

  @Override
  public void removeExample(String tenant, Slot slot) {
    behind.removeExample(tenant, slot);
  }

  @Override
  public void forEachExample(String tenant, BiConsumer<Slot, Example> action) {
    behind.forEachExample(tenant, action);
  }

  @Override
  public Optional<Slot> slotOf(String tenant, String eventId) {
    return behind.slotOf(tenant, eventId);
  }

  @Override
  public void putSlotOf(String tenant, String eventId, Slot slot) {
    behind.putSlotOf(tenant, eventId, slot);
  }

  @Override
  public void removeSlotOf(String tenant, String eventId) {
    behind.removeSlotOf(tenant, eventId);
  }

  @Override
  public void forEachSlotOf(String tenant, BiConsumer<String, Slot> action) {
    behind.forEachSlotOf(tenant, action);
  }

  @Override
  public void removeTenant(String tenant) {
    recent.remove(tenant);
    behind.removeTenant(tenant);
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    return behind.tenants(after, most);
  }
}
