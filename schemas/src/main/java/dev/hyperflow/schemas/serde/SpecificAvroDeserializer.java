package dev.hyperflow.schemas.serde;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads generated Avro records in Confluent's wire format, written with any compatible schema. The
 * schema is named by the first bytes, or by a header with an id or a GUID. Null becomes null.
 *
 * <p>Throws {@link SerializationException} for a record that can never be read: not the wire
 * format, an id the registry does not know, a record of another class, truncated, corrupt, or with
 * bytes after its end. Throws {@link RegistryException} when the registry cannot be asked, and
 * {@link SecurityException} when Avro does not trust the generated class: the record may be fine.
 * Memory used is bounded by the message's length, whatever lengths the message claims.
 *
 * <p>Thread-safe once configured. Records handed out share nothing with each other.
 *
 * @param <T> the record class; only {@code specific.avro.*.type} makes sure that it is this one
 */
public final class SpecificAvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private WireReader<T> reader;

  /** Needs {@link #configure} before use. */
  public SpecificAvroDeserializer() {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    RecordReaders<T> factory = new RecordReaders<>(new SerdeConfig(configs, isKey).type());
    reader = new WireReader<>(RegistryClient.create(configs), factory::forWriter, isKey);
  }

  /** Reads a record whose schema a header names, as Confluent's newer serializers may write it. */
  @Override
  public T deserialize(String topic, Headers headers, byte[] data) {
    return reader().read(topic, headers, data);
  }

  @Override
  public T deserialize(String topic, byte[] data) {
    return reader().read(topic, data);
  }

  private WireReader<T> reader() {
    if (reader == null) {
      throw new IllegalStateException("configure must be called before deserialize");
    }
    return reader;
  }
}
