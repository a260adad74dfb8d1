package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A tenant's memory in three Kafka Streams stores. Used by its task's stream thread only. */
final class KafkaTenantStore implements TenantStore {
  private final KeyValueStore<Bytes, byte[]> memory;
  private final KeyValueStore<Bytes, byte[]> meta;
  private final KeyValueStore<Bytes, byte[]> index;
  private final FeaturePrecision precision;

  KafkaTenantStore(
      KeyValueStore<Bytes, byte[]> memory,
      KeyValueStore<Bytes, byte[]> meta,
      KeyValueStore<Bytes, byte[]> index,
      FeaturePrecision precision) {
    this.precision = precision;
    this.memory = memory;
    this.meta = meta;
    this.index = index;
  }

  @Override
  public TenantMeta meta(String tenant) {
    byte[] value = meta.get(Bytes.wrap(TenantMetaLayout.key(tenant)));
    return value == null ? TenantMeta.EMPTY : TenantMetaLayout.meta(value);
  }

  @Override
  public void putMeta(String tenant, TenantMeta newMeta) {
    meta.put(Bytes.wrap(TenantMetaLayout.key(tenant)), TenantMetaLayout.value(newMeta));
  }

  @Override
  public Optional<Example> example(String tenant, Slot slot) {
    return Optional.ofNullable(memory.get(Bytes.wrap(ExampleLayout.key(tenant, slot))))
        .map(ExampleLayout::example);
  }

  @Override
  public void putExample(String tenant, Slot slot, Example example) {
    memory.put(
        Bytes.wrap(ExampleLayout.key(tenant, slot)), ExampleLayout.value(example, precision));
  }

  @Override
  public void removeExample(String tenant, Slot slot) {
    memory.delete(Bytes.wrap(ExampleLayout.key(tenant, slot)));
  }

  @Override
  public void forEachExample(String tenant, BiConsumer<Slot, Example> action) {
    try (KeyValueIterator<Bytes, byte[]> entries = Prefixes.scan(memory, tenant)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        action.accept(ExampleLayout.slot(entry.key.get()), ExampleLayout.example(entry.value));
      }
    }
  }

  @Override
  public Optional<Slot> slotOf(String tenant, String eventId) {
    return Optional.ofNullable(index.get(Bytes.wrap(ExampleIndexLayout.key(tenant, eventId))))
        .map(ExampleIndexLayout::slot);
  }

  @Override
  public void putSlotOf(String tenant, String eventId, Slot slot) {
    index.put(Bytes.wrap(ExampleIndexLayout.key(tenant, eventId)), ExampleIndexLayout.value(slot));
  }

  @Override
  public void removeSlotOf(String tenant, String eventId) {
    index.delete(Bytes.wrap(ExampleIndexLayout.key(tenant, eventId)));
  }

  @Override
  public void forEachSlotOf(String tenant, BiConsumer<String, Slot> action) {
    try (KeyValueIterator<Bytes, byte[]> entries = Prefixes.scan(index, tenant)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        action.accept(
            ExampleIndexLayout.eventId(entry.key.get()), ExampleIndexLayout.slot(entry.value));
      }
    }
  }

  @Override
  public void removeTenant(String tenant) {
    Prefixes.removeAll(memory, tenant);
    Prefixes.removeAll(index, tenant);
    meta.delete(Bytes.wrap(TenantMetaLayout.key(tenant)));
  }

  @Override
  public List<String> tenants(Optional<String> after, int most) {
    Bytes from = after.map(tenant -> next(TenantMetaLayout.key(tenant))).orElse(null);
    List<String> tenants = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = meta.range(from, null)) {
      while (tenants.size() < most && entries.hasNext()) {
        tenants.add(TenantMetaLayout.tenant(entries.next().key.get()));
      }
    }
    return tenants;
  }

  /** The first key after another. */
  private static Bytes next(byte[] key) {
    return Bytes.wrap(Arrays.copyOf(key, key.length + 1));
  }
}
