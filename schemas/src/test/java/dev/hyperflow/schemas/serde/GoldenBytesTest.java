package dev.hyperflow.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.schemas.Contracts;
import dev.hyperflow.schemas.internal.registry.RegistryAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the bytes on the wire, one folder per released version of the schemas. A changed schema is a
 * new version: raise {@link Contracts#NEWEST}, run with {@code -Dhyperflow.golden.update=true},
 * look at what it wrote and commit the new folder. Never edit an earlier one.
 */
class GoldenBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://golden");

  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  @BeforeEach
  void emptyRegistry() {
    RegistryAdmin.drop("golden");
    serde.configure(CONFIG, false);
  }

  static Stream<String> names() {
    return Samples.all().keySet().stream();
  }

  static Stream<Arguments> everyVersion() {
    List<Arguments> files = new ArrayList<>();
    for (int version = 1; version <= Contracts.NEWEST; version++) {
      for (String name : Samples.all().keySet()) {
        if (Files.exists(file(version, name))) {
          files.add(Arguments.of(version, name));
        }
      }
    }
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldWriteTheSameBytesAsEver(String name) throws IOException {
    byte[] bytes = serde.serializer().serialize("t", Samples.all().get(name));

    String hex = HexFormat.of().formatHex(bytes);
    Path file = file(Contracts.NEWEST, name);
    if (Boolean.getBoolean("hyperflow.golden.update")) {
      Files.writeString(file, hex + "\n");
    }
    assertThat(hex)
        .as("%s; to change it see the class comment", file)
        .isEqualTo(Files.readString(file).strip());
  }

  @ParameterizedTest
  @MethodSource("everyVersion")
  void shouldReadTheBytesOfEveryVersion(int version, String name) throws IOException {
    // Given the registry holds that version's schema as id 1
    SpecificRecord sample = Samples.all().get(name);
    RegistryAdmin.create(CONFIG).register("t-value", released(version, sample));

    // When the committed bytes are read
    SpecificRecord read = serde.deserializer().deserialize("t", golden(version, name));

    // Then they are the sample, in which what is newer has its default
    assertThat(read).isEqualTo(sample);
  }

  @ParameterizedTest
  @CsvSource({
    "1, support-configure, operation",
    "1, prediction-rate-limited, status",
    "1, prediction-none-of-these, status",
    "2, prediction-none-of-these, status",
    "1, support-rename-label, operation",
    "3, support-rename-label, operation",
    "3, support-merge-labels, operation",
  })
  void shouldShowWhatIsNewerAsUnknownToAnEarlierReader(int version, String name, String field)
      throws IOException {
    // Given a record with a symbol that the version did not have
    SpecificRecord sample = Samples.all().get(name);
    byte[] bytes = golden(Contracts.NEWEST, name);

    // When somebody reads it who knows that version
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, null);
    GenericRecord read =
        new GenericDatumReader<GenericRecord>(
                released(Contracts.NEWEST, sample), released(version, sample))
            .read(null, decoder);

    // Then it is a whole record that says so
    assertThat(read.get(field)).hasToString("UNKNOWN");
    assertThat(decoder.isEnd()).isTrue();
  }

  private static byte[] golden(int version, String name) throws IOException {
    return HexFormat.of().parseHex(Files.readString(file(version, name)).strip());
  }

  private static Path file(int version, String name) {
    return GOLDEN.resolve("v" + version).resolve(name + ".hex");
  }

  private static Schema released(int version, SpecificRecord record) throws IOException {
    return Contracts.released(version, record.getSchema());
  }
}
