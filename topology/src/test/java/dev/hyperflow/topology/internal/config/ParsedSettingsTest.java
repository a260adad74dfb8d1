package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.topology.internal.batch.BatchSettings.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParsedSettingsTest {
  @TempDir Path directory;

  @Test
  void shouldReplaceAPlaceholderInsideAValue() throws IOException {
    Path secrets = directory.resolve("secrets.properties");
    Files.writeString(secrets, "user=me\npassword=pw\n");

    ParsedSettings parsed =
        parsed(
            "kafka.sasl.jaas.config",
            "Login username=\"${file:%1$s:user}\" password=\"${file:%1$s:password}\";"
                .formatted(secrets));

    assertThat(parsed.originals())
        .containsEntry("kafka.sasl.jaas.config", "Login username=\"me\" password=\"pw\";");
  }

  @Test
  void shouldReplaceAPlaceholderOfANumber() throws IOException {
    Path values = directory.resolve("values.properties");
    Files.writeString(values, "threads=7\n");

    assertThat(
            parsed("stream.threads", "${file:%s:threads}".formatted(values))
                .getInt("stream.threads"))
        .isEqualTo(7);
  }

  @Test
  void shouldNameTheSettingWhosePlaceholderHasNoValue() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.properties"), "");
    String placeholder = "${file:%s:password}".formatted(empty);

    assertThatThrownBy(() -> parsed("basic.auth.user.info", placeholder))
        .isInstanceOf(ConfigException.class)
        .hasMessage("basic.auth.user.info: expected a value for its ${…} placeholder, found none");
  }

  @Test
  void shouldTakeOtherDollarsAsTheyAre() {
    assertThat(parsed("topics.support", "${topic}").getString("topics.support"))
        .isEqualTo("${topic}");
  }

  @Test
  void shouldReadConstantsInAnyCase() {
    ParsedSettings parsed = parsed("batch.durability", "gAtE");

    assertThat(parsed.getEnum(Durability.class, "batch.durability")).isEqualTo(Durability.GATE);
  }

  @Test
  void shouldTakeABlankTextForNone() {
    assertThat(parsed("topics.heads", "  ").optional("topics.heads")).isEmpty();
    assertThat(parsed("topics.heads", "heads").optional("topics.heads")).hasValue("heads");
  }
}
