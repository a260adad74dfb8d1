package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A tenant store whose examples, meta records and index are made durable one by one, so that a
 * crash takes the last writes since the commit of each, however many it likes.
 */
public final class LosingTenantStore implements TenantStore {
  private final List<Consumer<TenantStore>> examples = new ArrayList<>();
  private final List<Consumer<TenantStore>> metas = new ArrayList<>();
  private final List<Consumer<TenantStore>> index = new ArrayList<>();
  private InMemoryTenantStore committed = new InMemoryTenantStore();
  private InMemoryTenantStore live = new InMemoryTenantStore();

  /** Makes everything written so far durable. */
  public void commit() {
    examples.clear();
    metas.clear();
    index.clear();
    committed = live.copy();
  }

  /** Loses the last writes of each part since the last commit: none, all or some of them. */
  public void crash(Random random) {
    for (List<Consumer<TenantStore>> writes : List.of(examples, metas, index)) {
      writes.stream()
          .limit(random.nextInt(writes.size() + 1))
          .forEach(write -> write.accept(committed));
    }
    live = committed.copy();
    commit();
  }

  @Override
  public TenantMeta meta(String tenant) {
    return live.meta(tenant);
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    write(metas, store -> store.putMeta(tenant, meta));
  }

  @Override
  public Optional<Example> example(String tenant, Slot slot) {
    return live.example(tenant, slot);
  }

  @Override
  public void putExample(String tenant, Slot slot, Example example) {
    write(examples, store -> store.putExample(tenant, slot, example));
  }

  @Override
  public void removeExample(String tenant, Slot slot) {
    write(examples, store -> store.removeExample(tenant, slot));
  }

  @Override
  public void forEachExample(String tenant, BiConsumer<Slot, Example> action) {
    live.forEachExample(tenant, action);
  }

  @Override
  public Optional<Slot> slotOf(String tenant, String eventId) {
    return live.slotOf(tenant, eventId);
  }

  @Override
  public void putSlotOf(String tenant, String eventId, Slot slot) {
    write(index, store -> store.putSlotOf(tenant, eventId, slot));
  }

  @Override
  public void removeSlotOf(String tenant, String eventId) {
    write(index, store -> store.removeSlotOf(tenant, eventId));
  }

  @Override
  public void forEachSlotOf(String tenant, BiConsumer<String, Slot> action) {
    live.forEachSlotOf(tenant, action);
  }

  @Override
  public void removeTenant(String tenant) {
    List<Slot> slots = new ArrayList<>();
    live.forEachExample(tenant, (slot, example) -> slots.add(slot));
    slots.forEach(slot -> removeExample(tenant, slot));
    List<String> ids = new ArrayList<>();
    live.forEachSlotOf(tenant, (eventId, slot) -> ids.add(eventId));
    ids.forEach(eventId -> removeSlotOf(tenant, eventId));
    putMeta(tenant, TenantMeta.EMPTY);
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    return live.tenants(after, most);
  }

  private void write(List<Consumer<TenantStore>> part, Consumer<TenantStore> write) {
    part.add(write);
    write.accept(live);
  }
}
