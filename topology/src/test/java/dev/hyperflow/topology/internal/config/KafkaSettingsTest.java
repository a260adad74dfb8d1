package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.config;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.batch.FailWholeBatch;
import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  @Test
  void shouldGiveKafkaStreamsItsSettingsUnderKafkasNames() {
    Properties streams =
        config(
                "application.id", "mine",
                "bootstrap.servers", "a:1,b:2",
                "processing.guarantee", "at_least_once",
                "stream.threads", "7",
                "state.dir", "/data",
                "state.memory-mb", "64")
            .streams();

    assertThat(streams)
        .containsEntry("application.id", "mine")
        .containsEntry("bootstrap.servers", "a:1,b:2")
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("num.stream.threads", 7)
        .containsEntry("state.dir", "/data")
        .containsEntry(BoundedRocksDbMemory.MEMORY_MB, 64)
        .doesNotContainKey("application.server");
  }

  @Test
  void shouldFailRatherThanSkip() {
    assertThat(config().streams())
        .containsEntry("processing.exception.handler", FailWholeBatch.class.getName())
        .containsEntry("processing.exception.handler.global.enabled", true)
        .containsEntry(
            "production.exception.handler",
            "org.apache.kafka.streams.errors.DefaultProductionExceptionHandler");
  }

  @Test
  void shouldTellOtherInstancesWhereThisOneIs() {
    ApplicationConfig config = config().advertising("node-1", 8080);

    assertThat(config.streams()).containsEntry("application.server", "node-1:8080");
    assertThat(config.applicationServer())
        .hasValueSatisfying(here -> assertThat(here.host()).isEqualTo("node-1"));
    assertThat(config().applicationServer()).isEmpty();
  }

  @Test
  void shouldHandOutACopyOfTheSettings() {
    ApplicationConfig config = config();

    config.streams().clear();

    assertThat(config.streams()).isNotEmpty();
  }

  @Test
  void shouldLetClientsBeSetButNotWhatKeepsRecords() {
    ApplicationConfig config =
        config(
            "processing.guarantee", "at_least_once",
            "kafka.security.protocol", "SSL",
            "kafka.producer.acks", "1",
            "kafka.producer.compression.type", "zstd",
            "kafka.consumer.fetch.min.bytes", "9");

    assertThat(config.producer("tool"))
        .containsEntry("client.id", "tool")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("compression.type", "zstd")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true)
        .containsEntry("linger.ms", 0);
    assertThat(config.topicReader("history"))
        .containsEntry("security.protocol", "SSL")
        .containsEntry("fetch.min.bytes", "9");
  }

  @Test
  void shouldMakeProducersOutsideTransactions() {
    Map<String, Object> producer = config().producer("tool");

    assertThat(producer)
        .allSatisfy(
            (name, value) ->
                assertThat(name).doesNotStartWith("transactional.").doesNotStartWith("internal."))
        .doesNotContainKey("transaction.timeout.ms");
  }

  @Test
  void shouldMakeReadersOfCommittedRecordsInNoGroup() {
    assertThat(config("application.id", "mine").topicReader("history"))
        .containsEntry("client.id", "mine-history")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("auto.offset.reset", "earliest")
        .doesNotContainKey("group.id");
  }
}
