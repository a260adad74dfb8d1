package dev.hyperflow.topology.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
  private static final String REQUIRED =
      "bootstrap.servers=broker:9092\nschema.registry.url=http://registry:8081\n";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("hyperflow.properties");
  }

  @Test
  void shouldReadUtf8() throws IOException {
    Files.writeString(file, REQUIRED + "# a comment\nkafka.client.rack = événements\n");

    assertThat(ConfigurationFile.read(file).streams()).containsEntry("client.rack", "événements");
  }

  @Test
  void shouldPassOverAByteOrderMark() throws IOException {
    Files.writeString(file, "\uFEFF" + REQUIRED);

    assertThat(ConfigurationFile.read(file).producer("x").get("bootstrap.servers"))
        .isEqualTo("broker:9092");
  }

  @Test
  void shouldNameAFileThatIsNotThere() {
    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void shouldNameAFileThatIsNoText() throws IOException {
    Files.write(file, new byte[] {'a', '=', (byte) 0xFF});

    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ": cannot be read as properties: expected UTF-8, found other bytes");
  }

  @Test
  void shouldNameAFileWithABrokenEscape() throws IOException {
    Files.writeString(file, REQUIRED + "state.dir=\\u12\n");

    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ": cannot be read as properties")
        .hasMessageContaining("\\uxxxx");
  }

  @Test
  void shouldRefuseTwoValuesOfASettingWithoutShowingThem() throws IOException {
    Files.writeString(file, REQUIRED + "http.port=8080\nhttp.port=8080\nhttp.port=9090\n");

    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'http.port' once")
        .hasMessageNotContaining("9090");
  }

  @Test
  void shouldNameFileAndSetting() throws IOException {
    Files.writeString(file, REQUIRED + "stream.threads=0\n");

    assertThatThrownBy(() -> ConfigurationFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("stream.threads")
        .hasMessageContaining("0");
  }
}
