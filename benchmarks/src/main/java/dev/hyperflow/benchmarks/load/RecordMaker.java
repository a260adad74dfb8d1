package dev.hyperflow.benchmarks.load;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes records as a producer in front of the application would. Tenants are dealt out to the
 * partitions one after the other, so that no partition has more work than another. Not thread-safe.
 */
public final class RecordMaker implements AutoCloseable {
  /** Partitions of every topic of the bench. */
  static final int PARTITIONS = 4;

  private final Serde<SpecificRecord> serde = new SpecificAvroSerde<>();
  private final Vectors vectors;

  /** Makes records with these vectors; schemas go to the registry. */
  public RecordMaker(String registryUrl, Vectors vectors) {
    this.vectors = vectors;
    serde.configure(Map.of("schema.registry.url", registryUrl), false);
  }

  /** An example of a tenant, with packed features. */
  public ProducerRecord<byte[], byte[]> example(
      String topic, int tenant, String eventId, String label, int vector) {
    SupportEvent event =
        SupportEvent.newBuilder()
            .setEventId(eventId)
            .setOperation(SupportOperation.ADD)
            .setLabel(label)
            .setPayload(PackedFeatures.pack(vectors.get(vector)))
            .build();
    return record(topic, tenant, event);
  }

  /** A query of a tenant with packed features. */
  public ProducerRecord<byte[], byte[]> query(String topic, int tenant, String id, int vector) {
    return record(topic, tenant, new QueryEvent(id, PackedFeatures.pack(vectors.get(vector))));
  }

  /** A query of a tenant with a text. */
  public ProducerRecord<byte[], byte[]> query(String topic, int tenant, String id, String text) {
    return record(topic, tenant, new QueryEvent(id, new TextPayload(text)));
  }

  /** Reads the Avro record of a value. */
  public SpecificRecord read(String topic, byte[] value) {
    return serde.deserializer().deserialize(topic, value);
  }

  private ProducerRecord<byte[], byte[]> record(String topic, int tenant, SpecificRecord value) {
    return new ProducerRecord<>(
        topic, tenant % PARTITIONS, key(tenant), serde.serializer().serialize(topic, value));
  }

  /**
   * The key of a tenant: one that Kafka's own partitioner, too, gives to the tenant's partition, as
   * the HTTP API looks for it there.
   */
  public static byte[] key(int tenant) {
    for (int i = 0; ; i++) {
      byte[] key = "tenant-%d-%d".formatted(tenant, i).getBytes(StandardCharsets.UTF_8);
      if (Utils.toPositive(Utils.murmur2(key)) % PARTITIONS == tenant % PARTITIONS) {
        return key;
      }
    }
  }

  @Override
  public void close() {
    serde.close();
  }
}
