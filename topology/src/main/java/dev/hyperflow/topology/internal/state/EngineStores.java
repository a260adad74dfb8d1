package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.EnginePorts;
import dev.hyperflow.engine.internal.heap.HeapBudget;
import dev.hyperflow.engine.internal.heap.TenantCache;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.HealingTenantStore;
import dev.hyperflow.engine.internal.remember.TenantStore;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  public static Set<StoreBuilder<?>> builders(NamePrefix prefix) {
    return new LinkedHashSet<>(
        List.of(
            builder(prefix.name(StoreNames.SUPPORT_MEMORY)).withLoggingEnabled(Map.of()),
            builder(prefix.name(StoreNames.TENANT_META)).withLoggingEnabled(Map.of()),
            builder(prefix.name(StoreNames.EXAMPLE_INDEX)).withLoggingEnabled(Map.of()),
            builder(prefix.name(StoreNames.RECENT_QUERIES)).withLoggingEnabled(Map.of()),
            builder(prefix.name(StoreNames.TENANT_ACTIVITY)).withLoggingEnabled(Map.of()),
            builder(prefix.name(StoreNames.HEADS)).withLoggingDisabled()));
  }

  /**
   * The engine's ports over the stores of the task that {@code context} belongs to.
   *
   * @param prefix the one that the stores were built with
   * @param precision how features are kept
   * @param heap what heads and tenants' meta records kept decoded may take
   * @param onHealed is told the tenants whose memory a crash had left in pieces, which can only be
   *     without transactions
   */
  public static EnginePorts ports(
      ProcessorContext<?, ?> context,
      NamePrefix prefix,
      FeaturePrecision precision,
      HeapBudget.Share heap,
      Consumer<String> onHealed) {
    TenantCache cache = new TenantCache(heap::bytes);
    TenantStore durable =
        new KafkaTenantStore(
            context.getStateStore(prefix.name(StoreNames.SUPPORT_MEMORY)),
            context.getStateStore(prefix.name(StoreNames.TENANT_META)),
            context.getStateStore(prefix.name(StoreNames.EXAMPLE_INDEX)),
            precision);
    TenantStore tenants =
        cache.tenants(
            StateRepair.isTransactional(context.appConfigs())
                ? durable
                : new HealingTenantStore(durable, onHealed));
    KafkaActivityStore activity =
        new KafkaActivityStore(context.getStateStore(prefix.name(StoreNames.TENANT_ACTIVITY)));
    return new EnginePorts(
        tenants,
        cache.heads(
            new KafkaHeadStore(context.getStateStore(prefix.name(StoreNames.HEADS))),
            tenant -> tenants.meta(tenant).settings().pinned()),
        new KafkaRecentQueryStore(
            context.getStateStore(prefix.name(StoreNames.RECENT_QUERIES)), precision),
        activity,
        activity,
        activity);
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            RestorableStore.supplier(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
  }
}
