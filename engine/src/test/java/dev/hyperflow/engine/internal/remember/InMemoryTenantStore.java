package dev.hyperflow.engine.internal.remember;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A tenant store on the heap, with the layout kept as simple as can be: the tests' reference. */
public final class InMemoryTenantStore implements TenantStore {
  private record ExampleKey(String tenant, Slot slot) {}

  private record IndexKey(String tenant, String eventId) {}

  private final Map<String, TenantMeta> metas = new TreeMap<>();
  private final Map<ExampleKey, Example> examples = new java.util.LinkedHashMap<>();
  private final Map<IndexKey, Slot> index = new java.util.LinkedHashMap<>();

  @Override
  public TenantMeta meta(String tenant) {
    return metas.getOrDefault(tenant, TenantMeta.EMPTY);
  }

  @Override
  public void putMeta(String tenant, TenantMeta meta) {
    metas.put(tenant, meta);
  }

  @Override
  public Optional<Example> example(String tenant, Slot slot) {
    return Optional.ofNullable(examples.get(new ExampleKey(tenant, slot)));
  }

  @Override
  public void putExample(String tenant, Slot slot, Example example) {
    examples.put(new ExampleKey(tenant, slot), example);
  }

  @Override
  public void removeExample(String tenant, Slot slot) {
    examples.remove(new ExampleKey(tenant, slot));
  }

  @Override
  public void forEachExample(String tenant, BiConsumer<Slot, Example> action) {
    examples.forEach(
        (key, example) -> {
          if (key.tenant().equals(tenant)) {
            action.accept(key.slot(), example);
          }
        });
  }

  @Override
  public Optional<Slot> slotOf(String tenant, String eventId) {
    return Optional.ofNullable(index.get(new IndexKey(tenant, eventId)));
  }

  @Override
  public void putSlotOf(String tenant, String eventId, Slot slot) {
    index.put(new IndexKey(tenant, eventId), slot);
  }

  @Override
  public void removeSlotOf(String tenant, String eventId) {
    index.remove(new IndexKey(tenant, eventId));
  }

  @Override
  public void forEachSlotOf(String tenant, BiConsumer<String, Slot> action) {
    index.forEach(
        (key, slot) -> {
          if (key.tenant().equals(tenant)) {
            action.accept(key.eventId(), slot);
          }
        });
  }

  @Override
  public void removeTenant(String tenant) {
    metas.remove(tenant);
    examples.keySet().removeIf(key -> key.tenant().equals(tenant));
    index.keySet().removeIf(key -> key.tenant().equals(tenant));
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    return metas.keySet().stream()
        .filter(tenant -> after.isEmpty() || compare(tenant, after.get()) > 0)
        .sorted(InMemoryTenantStore::compare)
        .limit(most)
        .toList();
  }

  private static int compare(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  InMemoryTenantStore copy() {
    InMemoryTenantStore copy = new InMemoryTenantStore();
    copy.metas.putAll(metas);
    copy.examples.putAll(examples);
    copy.index.putAll(index);
    return copy;
  }

  /** Everything kept, of all tenants. */
  public int entries() {
    return metas.size() + examples.size() + index.size();
  }
}
