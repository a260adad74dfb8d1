package dev.hyperflow.topology.state;

import dev.hyperflow.engine.remember.Example;
import dev.hyperflow.engine.remember.Slot;
import dev.hyperflow.engine.remember.TenantMeta;
import dev.hyperflow.engine.remember.TenantStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A tenant's memory in three Kafka Streams stores. Used by its task's stream thread only. */
final class KafkaTenantStore implements TenantStore {
  private final KeyValueStore<Bytes, byte[]> memory;
  private final KeyValueStore<Bytes, byte[]> meta;
  private final KeyValueStore<Bytes, byte[]> index;

  KafkaTenantStore(
      KeyValueStore<Bytes, byte[]> memory,
      KeyValueStore<Bytes, byte[]> meta,
      KeyValueStore<Bytes, byte[]> index) {
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
    memory.put(Bytes.wrap(ExampleLayout.key(tenant, slot)), ExampleLayout.value(example));
  }

  @Override
  public void removeExample(String tenant, Slot slot) {
    memory.delete(Bytes.wrap(ExampleLayout.key(tenant, slot)));
  }

  @Override
  public void forEachExample(String tenant, BiConsumer<Slot, Example> action) {
    try (KeyValueIterator<Bytes, byte[]> entries = scan(memory, tenant)) {
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
  public void removeTenant(String tenant) {
    removeAll(memory, tenant);
    removeAll(index, tenant);
    meta.delete(Bytes.wrap(TenantMetaLayout.key(tenant)));
  }

  private static void removeAll(KeyValueStore<Bytes, byte[]> store, String tenant) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = scan(store, tenant)) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(store::delete);
  }

  private static KeyValueIterator<Bytes, byte[]> scan(
      KeyValueStore<Bytes, byte[]> store, String tenant) {
    return store.prefixScan(TenantKey.prefix(tenant), new ByteArraySerializer());
  }
}
