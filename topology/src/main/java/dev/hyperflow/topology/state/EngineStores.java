package dev.hyperflow.topology.state;

import dev.hyperflow.engine.integrate.CachingHeadStore;
import dev.hyperflow.engine.integrate.HeadStore;
import dev.hyperflow.engine.remember.TenantStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The stores that the engine's processor brings, and the engine's ports over them. */
public final class EngineStores {
  private EngineStores() {}

  /** The builders of all stores. Everything is logged but the heads, which can be rebuilt. */
  public static Set<StoreBuilder<?>> builders() {
    return new LinkedHashSet<>(
        List.of(
            builder(StoreNames.SUPPORT_MEMORY).withLoggingEnabled(Map.of()),
            builder(StoreNames.TENANT_META).withLoggingEnabled(Map.of()),
            builder(StoreNames.EXAMPLE_INDEX).withLoggingEnabled(Map.of()),
            builder(StoreNames.HEADS).withLoggingDisabled()));
  }

  /** The tenants' memory of the task that {@code context} belongs to. */
  public static TenantStore tenants(ProcessorContext<?, ?> context) {
    return new KafkaTenantStore(
        context.getStateStore(StoreNames.SUPPORT_MEMORY),
        context.getStateStore(StoreNames.TENANT_META),
        context.getStateStore(StoreNames.EXAMPLE_INDEX));
  }

  /**
   * The heads of the task that {@code context} belongs to.
   *
   * @param cachedHeads most heads kept decoded on the heap
   */
  public static HeadStore heads(ProcessorContext<?, ?> context, int cachedHeads) {
    return new CachingHeadStore(
        new KafkaHeadStore(context.getStateStore(StoreNames.HEADS)), cachedHeads);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
  }
}
