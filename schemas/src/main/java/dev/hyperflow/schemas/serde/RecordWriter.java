package dev.hyperflow.schemas.serde;

import dev.hyperflow.schemas.internal.registry.RegisteredSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;

/** Writes the body of records of one class under one schema id. Belongs to one thread at a time. */
interface RecordWriter {
  /** Returns the id that goes in front of the body. */
  int id();

  /** Writes a body. */
  void write(SpecificRecord data, Encoder encoder) throws IOException;

  /** Returns a writer with the class's own schema. */
  static RecordWriter of(Schema schema, int id) {
    return new Direct(id, new SpecificDatumWriter<>(schema));
  }

  /**
   * Returns a writer with the subject's latest schema.
   *
   * @throws ConfigException if the latest schema cannot read what the class writes
   */
  static RecordWriter of(Schema schema, RegisteredSchema latest) {
    Schema target = latest.schema();
    String wanted = SchemaNormalization.toParsingForm(target);
    if (SchemaNormalization.toParsingForm(schema).equals(wanted)) {
      return of(schema, latest.id());
    }
    SchemaCompatibility.SchemaPairCompatibility pair =
        SchemaCompatibility.checkReaderWriterCompatibility(target, schema);
    if (pair.getType() != SchemaCompatibilityType.COMPATIBLE) {
      throw new ConfigException(
          "%s is true, but version %d of subject %s cannot read the records of this program: %s"
              .formatted(
                  SerdeConfig.USE_LATEST,
                  latest.version(),
                  latest.subject(),
                  pair.getDescription()));
    }
    return new Converting(
        latest.id(),
        new SpecificDatumWriter<>(schema),
        new GenericDatumReader<>(schema, target),
        new GenericDatumWriter<>(target));
  }

  /** Class and registered schema have the same bytes: the normal case. */
  record Direct(int id, DatumWriter<SpecificRecord> writer) implements RecordWriter {
    @Override
    public void write(SpecificRecord data, Encoder encoder) throws IOException {
      writer.write(data, encoder);
    }
  }

  /**
   * The registered schema has other bytes. A generated class hands out its fields by position,
   * which another schema would misread; so the record is written as it is, read back with the
   * registered schema and written again. Slow and right.
   */
  record Converting(
      int id,
      DatumWriter<SpecificRecord> original,
      GenericDatumReader<Object> reader,
      DatumWriter<Object> target)
      implements RecordWriter {
    @Override
    public void write(SpecificRecord data, Encoder encoder) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder plain = EncoderFactory.get().binaryEncoder(bytes, null);
      original.write(data, plain);
      plain.flush();
      target.write(
          reader.read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null)),
          encoder);
    }
  }
}
