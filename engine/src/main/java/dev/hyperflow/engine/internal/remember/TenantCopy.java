package dev.hyperflow.engine.internal.remember;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The memory of one tenant on the heap. For one thread. */
final class TenantCopy implements TenantStore {
  private final String tenant;
  private final Map<Slot, Example> examples;
  private final Map<String, Slot> index;
  private TenantMeta meta;

  /** A store that owns, and changes, the maps that it is given. */
  TenantCopy(String tenant, TenantMeta meta, Map<Slot, Example> examples, Map<String, Slot> index) {
    this.tenant = tenant;
    this.meta = meta;
    this.examples = examples;
    this.index = index;
  }

  @Override
  public TenantMeta meta(String asked) {
    requireMine(asked);
    return meta;
  }

  @Override
  public void putMeta(String asked, TenantMeta newMeta) {
    requireMine(asked);
    meta = newMeta;
  }

  @Override
  public Optional<Example> example(String asked, Slot slot) {
    requireMine(asked);
    return Optional.ofNullable(examples.get(slot));
  }

  @Override
  public void putExample(String asked, Slot slot, Example example) {
    requireMine(asked);
    examples.put(slot, example);
  }

  @Override
  public void removeExample(String asked, Slot slot) {
    requireMine(asked);
    examples.remove(slot);
  }

  @Override
  public void forEachExample(String asked, BiConsumer<Slot, Example> action) {
    requireMine(asked);
    examples.forEach(action);
  }

  @Override
  public Optional<Slot> slotOf(String asked, String eventId) {
    requireMine(asked);
    return Optional.ofNullable(index.get(eventId));
  }

  @Override
  public void putSlotOf(String asked, String eventId, Slot slot) {
    requireMine(asked);
    index.put(eventId, slot);
  }

  @Override
  public void removeSlotOf(String asked, String eventId) {
    requireMine(asked);
    index.remove(eventId);
  }

  @Override
  public void forEachSlotOf(String asked, BiConsumer<String, Slot> action) {
    requireMine(asked);
    index.forEach(action);
  }

  @Override
  public void removeTenant(String asked) {
    requireMine(asked);
    meta = TenantMeta.EMPTY;
    examples.clear();
    index.clear();
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    return after.isEmpty() && most > 0 ? List.of(tenant) : List.of();
  }

  private void requireMine(String asked) {
    if (!asked.equals(tenant)) {
      throw new IllegalArgumentException(
          "tenant: expected '%s', the only one here, found '%s'".formatted(tenant, asked));
    }
  }
}
