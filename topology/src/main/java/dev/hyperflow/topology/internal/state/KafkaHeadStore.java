package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** Heads in a Kafka Streams store. Used by its task's stream thread only. */
final class KafkaHeadStore implements HeadStore {
  private final KeyValueStore<Bytes, byte[]> heads;

  KafkaHeadStore(KeyValueStore<Bytes, byte[]> heads) {
    this.heads = heads;
  }

  @Override
  public Optional<KeptHead> get(String tenant, String bundleId) {
    byte[] value = heads.get(key(tenant, bundleId));
    return value == null || !HeadLayout.isReadable(value)
        ? Optional.empty()
        : Optional.of(new KeptHead(HeadLayout.head(value)));
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    heads.put(key(tenant, head.bundleId()), HeadLayout.value(head));
  }

  @Override
  public void remove(String tenant, String bundleId) {
    heads.delete(key(tenant, bundleId));
  }

  @Override
  public void retain(String tenant, Set<String> bundleIds) {
    List<Bytes> others = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = Prefixes.scan(heads, tenant)) {
      while (entries.hasNext()) {
        Bytes key = entries.next().key;
        if (!bundleIds.contains(HeadLayout.bundleId(key.get()))) {
          others.add(key);
        }
      }
    }
    others.forEach(heads::delete);
  }

  private static Bytes key(String tenant, String bundleId) {
    return Bytes.wrap(HeadLayout.key(tenant, bundleId));
  }
}
