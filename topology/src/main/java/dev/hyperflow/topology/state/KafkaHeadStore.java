package dev.hyperflow.topology.state;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.integrate.HeadStore;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Heads in a Kafka Streams store. Used by its task's stream thread only. */
final class KafkaHeadStore implements HeadStore {
  private final KeyValueStore<Bytes, byte[]> heads;

  KafkaHeadStore(KeyValueStore<Bytes, byte[]> heads) {
    this.heads = heads;
  }

  @Override
  public Optional<AdaptedHead> get(String tenant) {
    byte[] value = heads.get(key(tenant));
    return value == null || !HeadLayout.isReadable(value)
        ? Optional.empty()
        : Optional.of(HeadLayout.head(value));
  }

  @Override
  public void put(String tenant, AdaptedHead head) {
    heads.put(key(tenant), HeadLayout.value(head));
  }

  @Override
  public void remove(String tenant) {
    heads.delete(key(tenant));
  }

  private static Bytes key(String tenant) {
    return Bytes.wrap(LayoutBytes.utf8(tenant));
  }
}
