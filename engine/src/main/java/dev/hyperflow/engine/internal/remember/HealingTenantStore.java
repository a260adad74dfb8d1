package dev.hyperflow.engine.internal.remember;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a tenant's memory whole again the first time the tenant is met, in front of a store of
 * which a crash may have taken the last writes. One caller at a time.
 */
public final class HealingTenantStore extends ForwardingTenantStore {
  // Without transactions the examples, the meta record and the index reach durable storage one by
  // one, so that after a crash each may stand at another event. That can only be so right after a
  // start: each tenant is looked at once, when its meta record is first asked for, which every use
  // of a tenant begins with. The cost is one scan of its examples and its index, and its name on
  // the heap. A tenant of which there is nothing is looked at again instead, until it is written:
  // queries may name any number of those. What is thrown away was written by events that are read
  // again, as they were not committed.

  private final TenantStore behind;
  private final Consumer<String> onHealed;
  private final Set<String> seen = new HashSet<>();

  /**
   * A healer in front of {@code behind}, through which everything must be written.
   *
   * @param onHealed is told the tenants whose memory was not whole
   */
  public HealingTenantStore(TenantStore behind, Consumer<String> onHealed) {
    super(behind);
    this.behind = behind;
    this.onHealed = onHealed;
  }

  @Override
  public TenantMeta meta(String tenant) {
    TenantMeta meta = super.meta(tenant);
    if (seen.contains(tenant)) {
      return meta;
    }
    Remains remains = Remains.of(behind, tenant);
    if (remains.areWhole(meta)) {
      if (meta.events() > 0) {
        seen.add(tenant);
      }
      return meta;
    }
    TenantMeta healed = remains.heal(behind, meta);
    if (healed.events() > 0) {
      seen.add(tenant);
    }
    onHealed.accept(tenant);
    return healed;
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    seen.add(tenant);
    super.putMeta(tenant, meta);
  }

  @Override
  public void putExample(String tenant, Slot slot, Example example) {
    seen.add(tenant);
    super.putExample(tenant, slot, example);
  }

  @Override
  public void putSlotOf(String tenant, String eventId, Slot slot) {
    seen.add(tenant);
    super.putSlotOf(tenant, eventId, slot);
  }

  @Override
  public void removeTenant(String tenant) {
    super.removeTenant(tenant);
    seen.remove(tenant);
  }
}
