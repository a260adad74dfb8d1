package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSpellingTest {
  @ParameterizedTest
  @CsvSource({
    "topic.support, topics.support",
    "stream.thread, stream.threads",
    "state-dir, state.dir",
    "memory.label-per-tenant, memory.labels-per-tenant",
    "BUNDLE, bundle"
  })
  void shouldProposeTheNearestName(String wrong, String nearest) {
    assertThatThrownBy(() -> SettingSpelling.requireKnown(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            wrong
                + ": unknown setting; expected "
                + nearest
                + ", or a name that starts with kafka.<client setting> or serde.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka.consumer.max.poll.records",
        "kafka.anything",
        "kafka.topic.max.message.bytes",
        "kafka.interceptor.trace.rate",
        "serde.anything",
        "schema.registry.ssl.key.password",
        "basic.auth.user.info",
        "http.port"
      })
  void shouldTakeNamesThatSomethingReads(String name) {
    assertThatCode(() -> SettingSpelling.requireKnown(name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.comit.interval.ms, kafka.commit.interval.ms",
    "kafka.num.standby.replica, kafka.num.standby.replicas",
    "kafka.consumer.max.pol.records, kafka.consumer.max.poll.records",
    "kafka.producr.acks, kafka.producer.acks"
  })
  void shouldRefuseWhatIsAlmostASettingOfKafka(String wrong, String meant) {
    assertThatThrownBy(() -> SettingSpelling.requireKnown(wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessage(wrong + ": Kafka has no such setting; expected " + meant);
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.application.id, application.id",
    "kafka.bootstrap.servers, bootstrap.servers",
    "kafka.num.stream.threads, stream.threads",
    "kafka.state.dir, state.dir",
    "kafka.processing.guarantee, processing.guarantee"
  })
  void shouldRefuseASettingOfItsOwnUnderKafkasName(String name, String own) {
    assertThatThrownBy(() -> SettingSpelling.requireKnown(name))
        .isInstanceOf(ConfigException.class)
        .hasMessage(name + ": expected the setting without this prefix as " + own);
  }

  @Test
  void shouldCheckNamesBeforeValues() {
    assertThatThrownBy(() -> config("stream.threads", "many", "stream.thread", "1"))
        .hasMessageStartingWith("stream.thread: unknown setting");
    assertThat(Definitions.all().names()).doesNotContain("stream.thread");
  }
}
