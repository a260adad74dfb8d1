package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.assertRefused;
import static dev.hyperflow.topology.internal.config.Configs.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionsTest {
  @ParameterizedTest
  @CsvSource({
    "topics.partitions, 1, 10000",
    "topics.replication-factor, -1, 16",
    "memory.labels-per-tenant, 1, 1024",
    "memory.examples-per-label, 1, 65536",
    "memory.examples-per-tenant, 1, 65536",
    "memory.half-life-ms, 0, 3153600000000",
    "background.heads-per-tick, 1, 10000",
    "background.tick.ms, 1, 60000",
    "quality.report-every, 1, 1000000",
    "quality.drift-observations, 1, 1000000",
    "device.batch-size, 1, 1024",
    "device.batch-wait-us, 0, 1000000",
    "device.breaker-failures, 0, 1000",
    "device.breaker-retry-runs, 0, 1000000",
    "limits.id-length, 1, 4096",
    "limits.label-length, 1, 1024",
    "limits.text-length, 1, 1000000",
    "limits.feature-dimension, 1, 65536",
    "prediction.top-k, 1, 200",
    "batch.size, 1, 4096",
    "batch.linger.ms, 0, 1000",
    "heads.cache-mb, 0, 1000000",
    "stream.threads, 1, 1000",
    "state.memory-mb, 16, 1048576",
    "metrics.tenants, 0, 1000",
    "http.port, -1, 65535",
    "http.max-connections, 1, 1000000",
    "http.max-body-bytes, 1024, 1073741824",
    "http.max-requests, 1, 100000",
    "http.batch-queries, 1, 10000",
    "http.max-import-bytes, 1024, 2000000000",
    "encoder.cache-texts, 0, 10000000",
    "http.timeout.ms, 100, 3600000",
    "health.stalled.ms, 1000, 3600000",
    "http.what-if-examples, 0, 10000",
    "http.influence-examples, 0, 100000"
  })
  void shouldTakeWholeNumbersWithinTheirRange(String name, long lowest, long highest) {
    assertThatCode(() -> config(name, Long.toString(lowest))).doesNotThrowAnyException();
    assertThatCode(() -> config(name, Long.toString(highest))).doesNotThrowAnyException();
    assertRefused(name, Long.toString(lowest - 1));
    assertRefused(name, Long.toString(highest + 1));
    assertRefused(name, "many");
    assertRefused(name, "1.5");
  }

  @ParameterizedTest
  @CsvSource({
    "memory.description-weight, 0.001, 1.0, 0.0, 1.001",
    "quality.fading, 0.5, 1.0, 0.49, 1.01",
    "quality.drift-delta, 0.0, 1.0, -0.1, 1.1",
    "quality.drift-lambda, 0.1, 10000, 0.09, 10001",
    "limits.max-weight, 0.001, 1000, 0.0, 1001",
    "prediction.abstain-below, 0, 1, -0.1, 1.1",
    "prediction.none-below, 0, 1, -0.1, 1.1",
    "tracing.sample, 0, 1, -0.1, 1.1"
  })
  void shouldTakeNumbersWithinTheirRange(
      String name, String lowest, String highest, String below, String above) {
    assertThatCode(() -> config(name, lowest)).doesNotThrowAnyException();
    assertThatCode(() -> config(name, highest)).doesNotThrowAnyException();
    assertRefused(name, below);
    assertRefused(name, above);
    assertRefused(name, "NaN");
  }

  @ParameterizedTest
  @CsvSource({
    "query.integrations-per-second, 0, -0.5",
    "feedback.window.ms, 0, -1",
    "startup.timeout.ms, 100, 99",
    "health.stalled.ms, 1000, 999"
  })
  void shouldTakeNumbersFromTheLowestOn(String name, String lowest, String below) {
    assertThatCode(() -> config(name, lowest)).doesNotThrowAnyException();
    assertRefused(name, below);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memory.policy",
        "memory.precision",
        "query.consistency",
        "processing.guarantee",
        "batch.durability",
        "device",
        "device.merge",
        "topics.create"
      })
  void shouldRefuseWordsThatAreNoChoice(String name) {
    assertRefused(name, "sometimes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application.id",
        "schema.registry.url",
        "topics.support",
        "topics.queries",
        "topics.predictions",
        "topics.dead-letters",
        "bundle",
        "state.dir",
        "http.host"
      })
  void shouldRefuseNamesThatAreEmpty(String name) {
    assertRefused(name, "");
  }

  @Test
  void shouldGiveEverySettingAMeaningAndAnImportance() {
    List<ConfigDef.ConfigKey> keys = List.copyOf(Definitions.all().configKeys().values());

    assertThat(keys)
        .allSatisfy(
            key -> {
              assertThat(key.documentation).endsWith(".");
              assertThat(key.importance).isNotNull();
            });
  }

  @Test
  void shouldDefineEveryRangeThatThisTestKnows() {
    assertThat(
            Definitions.all().configKeys().values().stream()
                .filter(key -> key.validator instanceof ConfigDef.Range))
        .hasSize(RANGES);
  }

  /** The rows of the three tables above; a new setting needs a row. */
  private static final int RANGES = 47;
}
