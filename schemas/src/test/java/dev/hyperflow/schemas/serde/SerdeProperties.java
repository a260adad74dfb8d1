package dev.hyperflow.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.schemas.Contracts;
import dev.hyperflow.schemas.internal.registry.RegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.errors.SerializationException;

class SerdeProperties {
  private static final Map<String, String> CONFIG =
      Map.of("schema.registry.url", "mock://serde-properties");
  private static final String TOPIC = "t";

  private final RegistryClient registry = RegistryClient.create(CONFIG);
  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  SerdeProperties() {
    serde.configure(
        Map.of(
            "schema.registry.url",
            "mock://serde-properties",
            "value.subject.name.strategy",
            "RecordNameStrategy"),
        false);
  }

  @Provide
  Arbitrary<Schema> contracts() {
    return Arbitraries.of(Contracts.generated());
  }

  @Property(tries = 2000)
  void shouldReadBackWhatWasWritten(@ForAll("contracts") Schema schema, @ForAll long seed) {
    // Given a random record, as written by Avro's generic writer, which shares no code with ours
    byte[] message = random(schema, seed);

    // When it is read and written again
    SpecificRecord record = serde.deserializer().deserialize(TOPIC, message);
    byte[] again = serde.serializer().serialize(TOPIC, record);

    // Then neither the bytes nor the record have changed
    assertThat(again).isEqualTo(message);
    assertThat(serde.deserializer().deserialize(TOPIC, again)).isEqualTo(record);
  }

  @Property(tries = 5000)
  void shouldThrowNothingButSerializationExceptionOnMutatedBytes(
      @ForAll("contracts") Schema schema, @ForAll long seed) {
    // Given a record with a few bytes changed, added or cut off; the schema id is left as it is
    byte[] valid = random(schema, seed);
    byte[] mutated = mutate(valid, new SplittableRandom(seed));

    // When it is read
    try {
      serde.deserializer().deserialize(TOPIC, mutated);
    } catch (SerializationException e) {
      assertThat(e).hasMessageContaining("topic t");
    }

    // Then whatever happened leaves nothing behind
    byte[] after =
        serde.serializer().serialize(TOPIC, serde.deserializer().deserialize(TOPIC, valid));
    assertThat(after).isEqualTo(valid);
  }

  @Property(tries = 1000)
  void shouldThrowNothingButSerializationExceptionOnGarbage(@ForAll byte[] garbage) {
    try {
      serde.deserializer().deserialize(TOPIC, garbage);
    } catch (SerializationException e) {
      assertThat(e).hasMessageContaining("topic t");
    }
  }

  private byte[] random(Schema schema, long seed) {
    int id = registry.register(schema.getFullName(), schema);
    Schema plain = registry.schemaById(id);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.write(new byte[WireFormat.HEADER_BYTES]);
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      Object record = new RandomData(plain, 1, seed).iterator().next();
      new GenericDatumWriter<>(plain).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    byte[] message = bytes.toByteArray();
    WireFormat.writeId(message, id);
    return message;
  }

  private static byte[] mutate(byte[] valid, SplittableRandom random) {
    byte[] bytes = valid.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      int body = bytes.length - WireFormat.HEADER_BYTES;
      if (body == 0) {
        break;
      }
      bytes[WireFormat.HEADER_BYTES + random.nextInt(body)] = (byte) random.nextInt(256);
    }
    return switch (random.nextInt(3)) {
      case 0 ->
          java.util.Arrays.copyOf(bytes, random.nextInt(WireFormat.HEADER_BYTES, bytes.length + 1));
      case 1 -> java.util.Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 10));
      default -> bytes;
    };
  }
}
