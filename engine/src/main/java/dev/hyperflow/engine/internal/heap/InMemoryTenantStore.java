package dev.hyperflow.engine.internal.heap;

import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The memories of all tenants on the heap, unbounded in the number of tenants. For one thread.
 *
 * <p>Every operation takes constant time, apart from those that hand over a whole tenant and from
 * {@link #tenants}, which sorts the names of all tenants.
 */
public final class InMemoryTenantStore implements TenantStore {
  private final Map<String, Memory> memories = new HashMap<>();

  /** What is kept of one tenant. A tenant has no meta record until one is put. */
  private static final class Memory {
    private final Map<Slot, Example> examples = new LinkedHashMap<>();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private Optional<TenantMeta> meta = Optional.empty();

    static Memory copyOf(Memory other) {
      Memory copy = new Memory();
      copy.examples.putAll(other.examples);
      copy.slots.putAll(other.slots);
      copy.meta = other.meta;
      return copy;
    }

    int entries() {
      return examples.size() + slots.size() + (meta.isPresent() ? 1 : 0);
    }
  }

  @Override
  public TenantMeta meta(String tenant) {
    return find(tenant).flatMap(memory -> memory.meta).orElse(TenantMeta.EMPTY);
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    create(tenant).meta = Optional.of(meta);
  }

  @Override
  public Optional<Example> example(String tenant, Slot slot) {
    return find(tenant).map(memory -> memory.examples.get(slot));
  }

  @Override
  public void putExample(String tenant, Slot slot, Example example) {
    create(tenant).examples.put(slot, example);
  }

  @Override
  public void removeExample(String tenant, Slot slot) {
    find(tenant).ifPresent(memory -> memory.examples.remove(slot));
  }

  @Override
  public void forEachExample(String tenant, BiConsumer<Slot, Example> action) {
    find(tenant).ifPresent(memory -> memory.examples.forEach(action));
  }

  @Override
  public Optional<Slot> slotOf(String tenant, String eventId) {
    return find(tenant).map(memory -> memory.slots.get(eventId));
  }

  @Override
  public void putSlotOf(String tenant, String eventId, Slot slot) {
    create(tenant).slots.put(eventId, slot);
  }

  @Override
  public void removeSlotOf(String tenant, String eventId) {
    find(tenant).ifPresent(memory -> memory.slots.remove(eventId));
  }

  @Override
  public void forEachSlotOf(String tenant, BiConsumer<String, Slot> action) {
    find(tenant).ifPresent(memory -> memory.slots.forEach(action));
  }

  @Override
  public void removeTenant(String tenant) {
    memories.remove(tenant);
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    return named()
        .filter(tenant -> after.isEmpty() || compare(tenant, after.get()) > 0)
        .sorted(InMemoryTenantStore::compare)
        .limit(most)
        .toList();
  }

  /** Another store with the same content; a change of one does not reach the other. */
  public InMemoryTenantStore copy() {
    InMemoryTenantStore copy = new InMemoryTenantStore();
    memories.forEach((tenant, memory) -> copy.memories.put(tenant, Memory.copyOf(memory)));
    return copy;
  }

  /** The number of meta records, examples and slots of all tenants together. */
  public int entries() {
    return memories.values().stream().mapToInt(Memory::entries).sum();
  }

  private Stream<String> named() {
    return memories.entrySet().stream()
        .filter(entry -> entry.getValue().meta.isPresent())
        .map(Map.Entry::getKey);
  }

  private Optional<Memory> find(String tenant) {
    return Optional.ofNullable(memories.get(tenant));
  }

  private Memory create(String tenant) {
    return memories.computeIfAbsent(tenant, name -> new Memory());
  }

  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
