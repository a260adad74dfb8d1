package dev.hyperflow.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.schemas.internal.registry.InMemoryRegistry;
import dev.hyperflow.schemas.internal.registry.RegistryAdmin;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileBytesTest {
  private static final byte[] GUID_OF_NOBODY = new byte[17];

  static {
    Arrays.fill(GUID_OF_NOBODY, (byte) 1);
  }

  private static final String TOPIC = "support";
  private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://hostile");

  /** Far above what an exception with its stack trace takes, far below what the messages claim. */
  private static final long ALLOCATION_LIMIT_BYTES = 4 << 20;

  private final SpecificAvroSerde<SupportEvent> serde = new SpecificAvroSerde<>();
  private RegistryAdmin registry;
  private byte[] valid;

  @FunctionalInterface
  private interface Body {
    void write(BinaryEncoder encoder) throws IOException;
  }

  @BeforeEach
  void writeAValidRecord() {
    RegistryAdmin.drop("hostile");
    registry = RegistryAdmin.create(CONFIG);
    serde.configure(CONFIG, false);
    valid = serde.serializer().serialize(TOPIC, Samples.add());
  }

  @Test
  void shouldRefuseABadMagicByte() {
    valid[0] = 0x7b;

    assertRefused(valid, "first byte is 0x7b, which looks like JSON; expected 0x00");
  }

  @Test
  void shouldSayWhatAnotherFormatLooksLike() {
    assertRefused("hello world".getBytes(UTF_8), "which looks like text");
    assertRefused(new byte[] {(byte) 0xc3, 1, 0, 0, 0}, "Avro's single-object encoding");
    assertRefused(new byte[] {'O', 'b', 'j', 1, 0}, "which looks like an Avro file");
    assertRefused(new byte[] {7, 1, 0, 0, 0}, "first byte is 0x07; expected 0x00");
  }

  @Test
  void shouldSuspectAnIdOfEightBytes() {
    byte[] value = ByteBuffer.allocate(valid.length + 4).putInt(0).putInt(0).put((byte) 7).array();

    assertRefused(value, "may be the start of an id of 8 bytes; expected one of 4 bytes");
  }

  @Test
  void shouldReadARecordWhoseSchemaAHeaderNames() {
    byte[] unframed = Arrays.copyOfRange(valid, WireFormat.HEADER_BYTES, valid.length);
    byte[] id = Arrays.copyOf(valid, WireFormat.HEADER_BYTES);
    UUID guid = InMemoryRegistry.guid(registry.schemaById(WireFormat.readId(valid)).toString());
    byte[] named =
        ByteBuffer.allocate(17)
            .put((byte) 1)
            .putLong(guid.getMostSignificantBits())
            .putLong(guid.getLeastSignificantBits())
            .array();

    for (byte[] header : new byte[][] {id, named}) {
      Headers headers = new RecordHeaders().add("__value_schema_id", header);
      assertThat(serde.deserializer().deserialize(TOPIC, headers, unframed))
          .isEqualTo(Samples.add());
    }
  }

  @Test
  void shouldRefuseAHeaderThatNamesNoSchema() {
    Map<byte[], String> headers =
        Map.of(
            new byte[3],
            "header of the schema's id has 3 bytes; expected 0x00",
            new byte[17],
            "header of the schema's id has 17 bytes",
            new byte[] {0, 0, 0, 9, 9},
            "schema id 2313 is not an Avro schema",
            GUID_OF_NOBODY,
            "schema id 01010101-0101-0101-0101-010101010101 is not");
    headers.forEach(
        (header, message) ->
            assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(
                    () ->
                        serde
                            .deserializer()
                            .deserialize(
                                TOPIC, new RecordHeaders().add("__value_schema_id", header), valid))
                .withMessageContaining(message));
  }

  @Test
  void shouldRefuseWhatIsTooShort() {
    assertRefused(new byte[] {0, 0, 0, 1}, "4 bytes are too short; expected at least 5");
    assertRefused(new byte[0], "0 bytes are too short");
  }

  @Test
  void shouldRefuseAnUnknownSchemaId() {
    WireFormat.writeId(valid, 999);

    assertRefused(valid, "schema id 999 is not an Avro schema of the registry");
  }

  @Test
  void shouldForgetThatAnIdWasUnknown() {
    // Given an id that is unknown at first
    byte[] message = valid.clone();
    WireFormat.writeId(message, 2);
    assertRefused(message, "schema id 2");

    // When it is registered, here as the same record with other docs
    Schema other = new Schema.Parser().parse(SupportEvent.getClassSchema().toString());
    other.addProp("note", "other text, other id");
    assertThat(registry.register("other", other)).isEqualTo(2);

    // Then it can be read
    assertThat(serde.deserializer().deserialize(TOPIC, message)).isEqualTo(Samples.add());
  }

  @Test
  void shouldRefuseATruncatedBodyAtEveryLength() {
    for (int length = WireFormat.HEADER_BYTES; length < valid.length; length++) {
      assertRefused(Arrays.copyOf(valid, length), "truncated");
    }
  }

  @Test
  void shouldRefuseTrailingBytes() {
    assertRefused(Arrays.copyOf(valid, valid.length + 3), "3 bytes after the end of the record");
  }

  @Test
  void shouldRefuseAnEnumBeyondItsSymbols() throws IOException {
    assertRefused(
        message(
            encoder -> {
              encoder.writeString("e");
              encoder.writeInt(99);
            }),
        "schema id 1");
  }

  @Test
  void shouldNotAllocateWhatAStringClaims() throws IOException {
    // Given an event id that claims 2 GB
    byte[] message = message(encoder -> encoder.writeLong(Integer.MAX_VALUE - 8L));

    assertRefusedCheaply(message, "");
  }

  @Test
  void shouldNotAllocateWhatBytesClaim() throws IOException {
    byte[] message =
        message(
            encoder -> {
              startOfPayload(encoder, 3);
              encoder.writeEnum(0);
              encoder.writeLong(Integer.MAX_VALUE - 8L);
            });

    assertRefusedCheaply(message, "");
  }

  @Test
  void shouldNotAllocateWhatAnArrayClaims() throws IOException {
    for (long items : new long[] {1L << 40, Integer.MAX_VALUE - 8L, Long.MAX_VALUE}) {
      byte[] message =
          message(
              encoder -> {
                startOfPayload(encoder, 2);
                encoder.writeLong(items);
              });

      assertRefusedCheaply(message, "");
    }
  }

  @Test
  void shouldRefuseAWriterWhoseArraysCannotBeBounded() throws IOException {
    // Given a writer's schema with an array of nothing, which a reader would skip item by item
    Schema writer =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"SupportEvent","namespace":"dev.hyperflow.events","fields":[
                  {"name":"nothing","type":{"type":"array","items":"null"}},
                  {"name":"eventId","type":"string"}]}\
                """);
    int id = registry.register("hostile", writer);
    byte[] message = message(encoder -> encoder.writeLong(1L << 40));
    WireFormat.writeId(message, id);

    assertRefusedCheaply(message, "has an array whose items take no bytes");
  }

  @Test
  void shouldRefuseARecordWithoutAGeneratedClass() {
    Schema writer =
        new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"java.lang.Runtime\",\"fields\":[]}");
    WireFormat.writeId(valid, registry.register("hostile", writer));

    assertRefused(valid, "no generated class for record java.lang.Runtime");
  }

  @Test
  void shouldTellAnUnreachableRegistryFromABadRecord() {
    // Given a registry that does not answer
    SpecificAvroSerde<SupportEvent> cutOff = new SpecificAvroSerde<>();
    cutOff.configure(
        Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"), false);

    // When a good record comes
    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> cutOff.deserializer().deserialize(TOPIC, valid))
        .matches(RegistryException::retryable)
        .withMessageContaining("http://127.0.0.1:1");
  }

  private void assertRefusedCheaply(byte[] message, String expected) {
    // Once to load classes, then counted.
    assertRefused(message, expected);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertRefused(message, expected);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated for a message of %d bytes", message.length)
        .isPositive()
        .isLessThan(ALLOCATION_LIMIT_BYTES);
  }

  private void assertRefused(byte[] message, String expected) {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, message))
        .withMessageContaining("Cannot read a record of topic support")
        .withMessageContaining(expected);
    // Whatever was refused, the next record is read.
    byte[] good = serde.serializer().serialize(TOPIC, Samples.add());
    assertThat(serde.deserializer().deserialize(TOPIC, good)).isEqualTo(Samples.add());
  }

  private static void startOfPayload(BinaryEncoder encoder, int branch) throws IOException {
    encoder.writeString("e");
    encoder.writeEnum(1);
    encoder.writeIndex(0);
    encoder.writeIndex(branch);
  }

  private static byte[] message(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[WireFormat.HEADER_BYTES]);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    body.write(encoder);
    encoder.flush();
    byte[] message = bytes.toByteArray();
    WireFormat.writeId(message, 1);
    return message;
  }
}
