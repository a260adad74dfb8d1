package dev.hyperflow.schemas.serde;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.Decoder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads any Avro of the registry in Confluent's wire format, as {@link SpecificAvroDeserializer}
 * does, but without generated classes. Null becomes null. Exceptions and threads are the same.
 */
public final class GenericAvroDeserializer implements Deserializer<GenericAvroDeserializer.Datum> {
  private WireReader<Datum> reader;

  /** Needs {@link #configure} before use. */
  public GenericAvroDeserializer() {
    // The settings say where the registry is.
  }

  /**
   * A message and its schema.
   *
   * @param schema the writer's
   * @param value as Avro's generic classes hold it; logical types are not converted
   */
  public record Datum(Schema schema, Object value) {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    reader =
        new WireReader<>(RegistryClient.create(configs), GenericAvroDeserializer::forWriter, isKey);
  }

  private static DatumReader<Datum> forWriter(Schema writer) {
    RecordReaders.requireBounded(writer);
    return new Reading(writer);
  }

  @Override
  public Datum deserialize(String topic, Headers headers, byte[] data) {
    return reader().read(topic, headers, data);
  }

  @Override
  public Datum deserialize(String topic, byte[] data) {
    return reader().read(topic, data);
  }

  private WireReader<Datum> reader() {
    if (reader == null) {
      throw new IllegalStateException("configure must be called before deserialize");
    }
    return reader;
  }

  /** Adds the schema to what a reader reads. */
  private static final class Reading implements DatumReader<Datum> {
    private final Schema schema;
    private final DatumReader<Object> values;

    Reading(Schema schema) {
      this.schema = schema;
      this.values = new GenericDatumReader<>(schema);
    }

    @Override
    public void setSchema(Schema other) {
      values.setSchema(other);
    }

    @Override
    public Datum read(Datum reuse, Decoder in) throws IOException {
      return new Datum(schema, values.read(null, in));
    }
  }
}
