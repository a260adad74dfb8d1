package dev.hyperflow.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.schemas.registry.MockRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pins the bytes on the wire. They may change only together with a schema: then run with {@code
 * -Dhyperflow.golden.update=true}, look at the difference, and commit it with the new version.
 */
class GoldenBytesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://golden");

  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  @BeforeEach
  void emptyRegistry() {
    MockRegistries.drop("golden");
    serde.configure(CONFIG, false);
  }

  static Stream<String> names() {
    return Samples.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldWriteTheSameBytesAsEver(String name) throws IOException {
    byte[] bytes = serde.serializer().serialize("t", Samples.all().get(name));

    String hex = HexFormat.of().formatHex(bytes);
    Path file = GOLDEN.resolve(name + ".hex");
    if (Boolean.getBoolean("hyperflow.golden.update")) {
      Files.writeString(file, hex + "\n");
    }
    assertThat(hex)
        .as("%s; to change it see the class comment", file)
        .isEqualTo(Files.readString(file).strip());
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldReadTheBytesOfEver(String name) throws IOException {
    // Given the registry holds the schema as id 1
    SpecificRecord sample = Samples.all().get(name);
    serde.serializer().serialize("t", sample);

    // When the committed bytes are read
    byte[] bytes = HexFormat.of().parseHex(Files.readString(GOLDEN.resolve(name + ".hex")).strip());
    SpecificRecord read = serde.deserializer().deserialize("t", bytes);

    assertThat(read).isEqualTo(sample);
  }
}
