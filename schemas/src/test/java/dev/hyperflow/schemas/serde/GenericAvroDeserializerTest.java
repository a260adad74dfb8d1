package dev.hyperflow.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.schemas.internal.registry.RegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class GenericAvroDeserializerTest {
  private static final Map<String, String> CONFIG =
      Map.of("schema.registry.url", "mock://generic-avro");
  private static final Schema TICKET =
      SchemaBuilder.record("Ticket").fields().requiredString("subject").endRecord();

  private final RegistryClient registry = RegistryClient.create(CONFIG);

  private static GenericAvroDeserializer reader() {
    GenericAvroDeserializer reader = new GenericAvroDeserializer();
    reader.configure(CONFIG, false);
    return reader;
  }

  private byte[] message(String subject, Schema schema, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[WireFormat.HEADER_BYTES]);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(value, encoder);
    encoder.flush();
    byte[] message = bytes.toByteArray();
    WireFormat.writeId(message, registry.register(subject, schema));
    return message;
  }

  @Test
  void shouldReadARecordOfNoGeneratedClass() throws Exception {
    GenericData.Record ticket = new GenericData.Record(TICKET);
    ticket.put("subject", "lost card");
    byte[] message = message("tickets-value", TICKET, ticket);

    GenericAvroDeserializer.Datum read =
        reader().deserialize("tickets", new RecordHeaders(), message);

    assertThat(read.schema()).isEqualTo(TICKET);
    assertThat(read.value()).hasToString("{\"subject\": \"lost card\"}");
    assertThat(reader().deserialize("tickets", null)).isNull();
  }

  @Test
  void shouldReadAnythingThatIsNoRecord() throws Exception {
    byte[] message = message("names-value", Schema.create(Schema.Type.STRING), "acme");

    assertThat(reader().deserialize("names", message).value()).hasToString("acme");
  }

  @Test
  void shouldRefuseWhatClaimsMoreThanItHolds() throws Exception {
    Schema nothings = Schema.createArray(Schema.create(Schema.Type.NULL));
    byte[] message = message("nothings-value", nothings, List.of());

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> reader().deserialize("nothings", message))
        .withMessageContaining("items take no bytes");
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> reader().deserialize("nothings", "{\"a\": 1}".getBytes(UTF_8)))
        .withMessageContaining("looks like JSON");
  }
}
