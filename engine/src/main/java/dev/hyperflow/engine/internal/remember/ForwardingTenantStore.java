package dev.hyperflow.engine.internal.remember;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Passes everything on to another store; made to be extended by stores that stand in front of one.
 */
public abstract class ForwardingTenantStore implements TenantStore {
  private final TenantStore behind;

  protected ForwardingTenantStore(TenantStore behind) {
    this.behind = behind;
  }

  @Override
  public TenantMeta meta(String tenant) {
    return behind.meta(tenant);
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
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
    behind.removeTenant(tenant);
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    return behind.tenants(after, most);
  }
}
