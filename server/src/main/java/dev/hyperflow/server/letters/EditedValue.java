package dev.hyperflow.server.letters;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** The value of a refused record as text that can be edited: Avro's JSON. For one thread. */
public final class EditedValue {
  private final ApplicationConfig config;

  /** Values of an application's input topics. */
  public EditedValue(ApplicationConfig config) {
    this.config = config;
  }

  /** The value of a letter as JSON; empty when it is cut or nothing that can be decoded. */
  public Optional<String> show(FoundLetter letter) {
    byte[] bytes = FoundLetter.bytes(letter.letter().getValue());
    if (bytes == null || letter.letter().getTruncated()) {
      return Optional.empty();
    }
    try (Deserializer<?> values = new ToolClients(config).values()) {
      return values.deserialize(letter.source().topic(), bytes) instanceof SpecificRecord record
          ? Optional.of(write(record))
          : Optional.empty();
    } catch (SerializationException e) {
      return Optional.empty();
    }
  }

  /**
   * The bytes of a value for the topic of a letter.
   *
   * @throws IllegalArgumentException when it is not Avro's JSON of that topic's record
   */
  public byte[] read(FoundLetter letter, String json) {
    String topic = letter.source().topic();
    Schema schema =
        topic.equals(config.topics().queries())
            ? QueryEvent.getClassSchema()
            : SupportEvent.getClassSchema();
    try (Serializer<Object> writer = new ToolClients(config).writer()) {
      Object record =
          new SpecificDatumReader<>(schema)
              .read(null, DecoderFactory.get().jsonDecoder(schema, json));
      return writer.serialize(topic, record);
    } catch (IOException | AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "expected a %s in the JSON that 'dead-letters show --value' prints, found: %s"
              .formatted(schema.getName(), e.getMessage()),
          e);
    }
  }

  private static String write(SpecificRecord record) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      JsonEncoder encoder = EncoderFactory.get().jsonEncoder(record.getSchema(), out, true);
      new SpecificDatumWriter<>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return out.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
