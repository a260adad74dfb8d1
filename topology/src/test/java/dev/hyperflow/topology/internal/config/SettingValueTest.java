package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingValueTest {
  @Test
  void shouldShowEverySettingInTheOrderOfTheDocuments() {
    assertThat(SettingValue.all(parsed()))
        .extracting(SettingValue::name)
        .containsExactlyElementsOf(Definitions.all().configKeys().keySet());
  }

  @Test
  void shouldTellGivenValuesFromDefaults() {
    List<SettingValue> values = SettingValue.all(parsed("stream.threads", "2"));

    assertThat(find(values, "stream.threads").given()).isTrue();
    assertThat(find(values, "stream.threads").value()).isEqualTo("2");
    assertThat(find(values, "batch.size").given()).isFalse();
    assertThat(find(values, "batch.size").value()).isEqualTo("64");
    assertThat(find(values, "batch.size").documentation()).startsWith("Maximum number of events");
  }

  @Test
  void shouldShowPassedOnSettingsBehindItsOwn() {
    List<SettingValue> values =
        SettingValue.all(parsed("serde.max.retries", "7", "kafka.client.rack", "r1"));

    assertThat(values.subList(values.size() - 2, values.size()))
        .containsExactly(
            new SettingValue("kafka.client.rack", "r1", true, ""),
            new SettingValue("serde.max.retries", "7", true, ""));
  }

  @Test
  void shouldShowListsAndClassesAsTheyAreWritten() {
    List<SettingValue> values = SettingValue.all(parsed("bootstrap.servers", "a:1, b:2"));

    assertThat(find(values, "bootstrap.servers").value()).isEqualTo("a:1,b:2");
    assertThat(find(values, "serde.class").value()).isEqualTo(SpecificAvroSerde.class.getName());
  }

  @Test
  void shouldShowAPasswordAsSetOrNotSet() {
    assertThat(find(SettingValue.all(parsed()), "http.tls.keystore-password").value()).isEmpty();
    assertThat(
            find(
                    SettingValue.all(parsed("http.tls.keystore-password", "x")),
                    "http.tls.keystore-password")
                .value())
        .isEqualTo(Secrets.HIDDEN);
  }

  private static SettingValue find(List<SettingValue> values, String name) {
    return values.stream().filter(value -> value.name().equals(name)).findFirst().orElseThrow();
  }
}
