package dev.hyperflow.app.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LoadGeneratorTest {
  private static final int RECORDS = 200;
  private static final ApplicationConfig CONFIG =
      ApplicationConfig.of(
          Map.of(
              "bootstrap.servers", "broker:9092",
              "schema.registry.url", "mock://load-generator",
              "topics.support", "labels",
              "topics.queries", "questions"));

  private static List<ProducerRecord<byte[], byte[]>> records(double labelShare, long seed) {
    LoadGenerator generator =
        new LoadGenerator(new LoadGenerator.Settings(1, 5, labelShare, seed), CONFIG);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Serializer<Object> serializer = new ToolClients(CONFIG).writer()) {
      for (int i = 0; i < RECORDS; i++) {
        records.add(generator.next(serializer));
      }
    }
    return records;
  }

  private static List<String> shown(List<ProducerRecord<byte[], byte[]>> records) {
    return records.stream()
        .map(
            record ->
                "%s %s %s"
                    .formatted(
                        record.topic(),
                        new String(record.key(), UTF_8),
                        new String(record.value(), UTF_8)))
        .toList();
  }

  @Test
  @Timeout(60)
  void shouldSayAtOnceThatBrokersDoNotAnswer() {
    ApplicationConfig nobody =
        ApplicationConfig.of(
            Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "schema.registry.url", "mock://load-generator",
                "startup.timeout.ms", "1000"));
    LoadGenerator generator = new LoadGenerator(new LoadGenerator.Settings(1_000, 5, 0, 1), nobody);

    ShutdownSignal shutdown = ShutdownSignal.install();
    shutdown.finished(ExitCode.OK); // else it ends the process of the tests

    assertThatThrownBy(() -> generator.run(shutdown, Duration.ofSeconds(1)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("brokers: expected an answer from 127.0.0.1:9, found: ");
  }

  @Test
  void shouldSendTheSameForTheSameSeedOnly() {
    assertThat(shown(records(0.5, 7))).isEqualTo(shown(records(0.5, 7)));
    assertThat(shown(records(0.5, 7))).isNotEqualTo(shown(records(0.5, 8)));
  }

  @Test
  void shouldSendSoManyLabelsAsItIsAskedFor() {
    assertThat(records(0, 1)).allMatch(record -> record.topic().equals("questions"));
    assertThat(records(1, 1)).allMatch(record -> record.topic().equals("labels"));
    assertThat(records(0.5, 1))
        .filteredOn(record -> record.topic().equals("labels"))
        .hasSizeBetween(RECORDS / 4, 3 * RECORDS / 4);
  }

  @Test
  void shouldUseAllTenantsAndNoOthers() {
    assertThat(records(0.5, 1))
        .map(record -> new String(record.key(), UTF_8))
        .containsOnly("load-0", "load-1", "load-2", "load-3", "load-4");
  }
}
