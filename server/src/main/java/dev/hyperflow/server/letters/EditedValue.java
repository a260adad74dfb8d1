package dev.hyperflow.server.letters;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.DataFormat;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
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

/**
 * The value of a refused record as text that can be edited: Avro's JSON, and in mapped topics of
 * JSON what is there. For one thread.
 */
public final class EditedValue {
  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
    Optional<SourceMapping> mapping = mapping(letter);
    if (mapping.isPresent()) {
      return mapping.get().format() == DataFormat.JSON ? json(bytes) : Optional.empty();
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
    Optional<SourceMapping> mapping = mapping(letter);
    if (mapping.isPresent()) {
      if (!isText(mapping.get())) {
        throw new IllegalArgumentException(
            "expected a record of JSON or text, found one of topic '%s' in %s"
                .formatted(topic, mapping.get().format()));
      }
      return json.getBytes(StandardCharsets.UTF_8);
    }
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

  private Optional<SourceMapping> mapping(FoundLetter letter) {
    return config.sources().stream()
        .filter(source -> source.topic().equals(letter.source().topic()))
        .findFirst();
  }

  private static Optional<String> json(byte[] bytes) {
    try {
      JSON.readTree(bytes);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isText(SourceMapping mapping) {
    return mapping.format() != DataFormat.AVRO;
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
