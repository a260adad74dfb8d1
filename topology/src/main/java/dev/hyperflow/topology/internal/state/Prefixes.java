package dev.hyperflow.topology.internal.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The entries of one tenant in a store whose keys begin with {@link TenantKey}. */
final class Prefixes {
  private static final ByteArraySerializer AS_THEY_ARE = new ByteArraySerializer();

  private Prefixes() {}

  /** The tenant's entries in ascending order; to be closed. */
  static KeyValueIterator<Bytes, byte[]> scan(
      ReadOnlyKeyValueStore<Bytes, byte[]> store, String tenant) {
    return store.prefixScan(TenantKey.prefix(tenant), AS_THEY_ARE);
  }

  /** Removes the tenant's entries. */
  static void removeAll(KeyValueStore<Bytes, byte[]> store, String tenant) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = scan(store, tenant)) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    keys.forEach(store::delete);
  }
}
