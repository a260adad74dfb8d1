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
    "kafka.application.id, expected the setting without this prefix as application.id",
    "kafka.bootstrap.servers, expected the setting without this prefix as bootstrap.servers",
    "kafka.num.stream.threads, expected the setting without this prefix as stream.threads",
    "kafka.state.dir, expected the setting without this prefix as state.dir",
    "kafka.processing.guarantee, expected the setting without this prefix as processing.guarantee",
    "kafka.comit.interval.ms, Kafka has no such setting; expected kafka.commit.interval.ms",
    "kafka.num.standby.replica, Kafka has no such setting; expected kafka.num.standby.replicas",
    "kafka.consumer.max.pol.records,"
        + " Kafka has no such setting; expected kafka.consumer.max.poll.records",
    "kafka.producr.acks, Kafka has no such setting; expected kafka.producer.acks"
  })
  void shouldRefuseAKafkaNameThatIsItsOwnOrAlmostOne(String name, String flaw) {
    assertThatThrownBy(() -> SettingSpelling.requireKnown(name))
        .isInstanceOf(ConfigException.class)
        .hasMessage(name + ": " + flaw);
  }

  @Test
  void shouldCheckNamesBeforeValues() {
    assertThatThrownBy(() -> config("stream.threads", "many", "stream.thread", "1"))
        .hasMessageStartingWith("stream.thread: unknown setting");
    assertThat(Definitions.all().names()).doesNotContain("stream.thread");
  }
}
