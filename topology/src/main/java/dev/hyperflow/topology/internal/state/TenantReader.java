package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.Slot;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads tenants from stores that their tasks write to meanwhile. Thread-safe. */
public final class TenantReader {
  /** The stores whose keys begin with the tenant. */
  private static final List<String> OF_TENANTS =
      List.of(
          StoreNames.SUPPORT_MEMORY,
          StoreNames.EXAMPLE_INDEX,
          StoreNames.RECENT_QUERIES,
          StoreNames.TENANT_ACTIVITY,
          StoreNames.HEADS);

  private final Function<String, ReadOnlyKeyValueStore<Bytes, byte[]>> stores;

  /**
   * A reader.
   *
   * @param stores gives the store of a name
   */
  public TenantReader(Function<String, ReadOnlyKeyValueStore<Bytes, byte[]>> stores) {
    this.stores = stores;
  }

  /** What is known of the tenant, {@link TenantMeta#EMPTY} when nothing is. */
  public TenantMeta meta(String tenant) {
    byte[] value =
        stores.apply(StoreNames.TENANT_META).get(Bytes.wrap(TenantMetaLayout.key(tenant)));
    return value == null ? TenantMeta.EMPTY : TenantMetaLayout.meta(value);
  }

  /** The tenant's memory, which may not be whole when it was changed meanwhile. */
  public TenantSnapshot snapshot(String tenant) {
    TenantMeta meta = meta(tenant);
    Map<Slot, Example> examples = new HashMap<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        Prefixes.scan(stores.apply(StoreNames.SUPPORT_MEMORY), tenant)) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        examples.put(ExampleLayout.slot(entry.key.get()), ExampleLayout.example(entry.value));
      }
    }
    return new TenantSnapshot(meta, examples);
  }

  /** The tenant's live quality, if it was ever observed. */
  public Optional<TenantQuality> quality(String tenant) {
    byte[] value =
        stores.apply(StoreNames.TENANT_ACTIVITY).get(KafkaActivityStore.qualityKey(tenant));
    return Optional.ofNullable(value).map(QualityLayout::quality);
  }

  /** Is shown remembered queries. */
  @FunctionalInterface
  public interface QueryVisitor {
    /** Is shown one; false ends the walk. */
    boolean visit(String tenant, String queryId, RememberedQuery query);
  }

  /**
   * Hands over remembered queries without their features, in no particular order.
   *
   * @param tenant whose; empty for all
   */
  public void forEachQuery(Optional<String> tenant, QueryVisitor visitor) {
    ReadOnlyKeyValueStore<Bytes, byte[]> queries = stores.apply(StoreNames.RECENT_QUERIES);
    try (KeyValueIterator<Bytes, byte[]> entries =
        tenant.isPresent() ? Prefixes.scan(queries, tenant.get()) : queries.all()) {
      boolean goesOn = true;
      while (goesOn && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        byte[] key = entry.key.get();
        Optional<String> queryId = RecentQueryLayout.queryId(key);
        goesOn =
            queryId.isEmpty()
                || visitor.visit(
                    tenant.orElseGet(() -> TenantKey.tenantOf(key)),
                    queryId.get(),
                    RecentQueryLayout.withoutFeatures(entry.value));
      }
    }
  }

  /** A tenant's remembered query of that id. */
  public Optional<RememberedQuery> query(String tenant, String queryId) {
    byte[] value =
        stores
            .apply(StoreNames.RECENT_QUERIES)
            .get(Bytes.wrap(RecentQueryLayout.key(tenant, queryId)));
    return Optional.ofNullable(value).map(RecentQueryLayout::query);
  }

  /** A tenant with an example whose text was not kept, if there is one. */
  public Optional<String> tenantWithoutText() {
    try (KeyValueIterator<Bytes, byte[]> entries = stores.apply(StoreNames.SUPPORT_MEMORY).all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (ExampleLayout.example(entry.value).text().isEmpty()) {
          return Optional.of(TenantKey.tenantOf(entry.key.get()));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * How many entries each store has of a tenant, also of one of which nothing else is known. Stores
   * without entries are left out.
   */
  public Map<String, Long> remains(String tenant) {
    Map<String, Long> entries = new TreeMap<>();
    if (stores.apply(StoreNames.TENANT_META).get(Bytes.wrap(TenantMetaLayout.key(tenant)))
        != null) {
      entries.put(StoreNames.TENANT_META, 1L);
    }
    for (String store : OF_TENANTS) {
      try (KeyValueIterator<Bytes, byte[]> found = Prefixes.scan(stores.apply(store), tenant)) {
        while (found.hasNext()) {
          found.next();
          entries.merge(store, 1L, Long::sum);
        }
      }
    }
    return entries;
  }

  /** Hands over every tenant, in no particular order. */
  public void forEach(BiConsumer<String, TenantMeta> action) {
    try (KeyValueIterator<Bytes, byte[]> entries = stores.apply(StoreNames.TENANT_META).all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        action.accept(TenantMetaLayout.tenant(entry.key.get()), TenantMetaLayout.meta(entry.value));
      }
    }
  }
}
