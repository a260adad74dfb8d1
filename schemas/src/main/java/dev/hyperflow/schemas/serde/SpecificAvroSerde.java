package dev.hyperflow.schemas.serde;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serde for generated Avro records in Confluent's wire format; a drop-in for Confluent's class of
 * the same name. Keys of the configuration: {@link SerdeConfig}.
 *
 * <p>Thread-safe once configured. For the two kinds of failure see the package.
 *
 * @param <T> the record class; {@link SpecificRecord} for topics with several
 */
public final class SpecificAvroSerde<T extends SpecificRecord> implements Serde<T> {
  private final SpecificAvroSerializer<T> serializer = new SpecificAvroSerializer<>();
  private final SpecificAvroDeserializer<T> deserializer = new SpecificAvroDeserializer<>();

  /** Needs {@link #configure} before use. */
  public SpecificAvroSerde() {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    serializer.configure(configs, isKey);
    deserializer.configure(configs, isKey);
  }

  @Override
  public Serializer<T> serializer() {
    return serializer;
  }

  @Override
  public Deserializer<T> deserializer() {
    return deserializer;
  }

  @Override
  public void close() {
    serializer.close();
    deserializer.close();
  }
}
