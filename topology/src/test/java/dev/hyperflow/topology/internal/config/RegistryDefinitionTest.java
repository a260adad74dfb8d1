package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryDefinitionTest {
  @Test
  void shouldPassOnWhatSerdesRead() {
    ValueSerdes serdes =
        RegistryDefinition.read(
            parsed(
                "basic.auth.user.info", "me:secret",
                "auto.register.schemas", "false",
                "serde.max.retries", "7",
                "kafka.client.id", "x",
                "stream.threads", "3"));

    assertThat(serdes.settings())
        .isEqualTo(
            Map.of(
                "schema.registry.url", "http://registry:8081",
                "basic.auth.user.info", "me:secret",
                "auto.register.schemas", "false",
                "max.retries", "7",
                "specific.avro.reader", true));
  }

  @Test
  void shouldTellWhetherTheSerdeIsItsOwn() {
    assertThat(RegistryDefinition.read(parsed()).isOwn()).isTrue();
    assertThat(
            RegistryDefinition.read(parsed("serde.class", SpecificAvroSerde.class.getName()))
                .isOwn())
        .isTrue();
    assertThat(
            RegistryDefinition.read(parsed("serde.class", Serdes.StringSerde.class.getName()))
                .isOwn())
        .isFalse();
  }

  @Test
  void shouldRefuseAClassThatIsNoSerde() {
    assertThatThrownBy(() -> RegistryDefinition.read(parsed("serde.class", "java.lang.String")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("serde.class")
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("expected a org.apache.kafka.common.serialization.Serde");
  }

  @ParameterizedTest
  @CsvSource({
    "serde.anything, true",
    "schema.registry.ssl.key.password, true",
    "basic.auth.credentials.source, true",
    "bearer.auth.token, true",
    "use.latest.version, true",
    "value.subject.name.strategy, true",
    "use.latest, false",
    "serdes.anything, false",
    "stream.threads, false"
  })
  void shouldKnowTheNamesThatSerdesRead(String name, boolean known) {
    assertThat(RegistryDefinition.passesOn(name)).isEqualTo(known);
  }
}
