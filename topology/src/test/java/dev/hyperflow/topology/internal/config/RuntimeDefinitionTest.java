package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.topology.internal.state.BoundedRocksDbMemory;
import org.junit.jupiter.api.Test;

class RuntimeDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            RuntimeDefinition.read(
                parsed(
                    "heads.cache-mb", "3",
                    "stream.threads", "4",
                    "processing.guarantee", "at_least_once",
                    "state.dir", "/data",
                    "startup.timeout.ms", "5000",
                    "state.memory-mb", "64",
                    "startup.missing-offsets", "earliest",
                    "health.stalled.ms", "7000",
                    "state.damaged", "stop")))
        .isEqualTo(
            new RuntimeSettings(
                3L << 20, 4, "at_least_once", "/data", 5_000, 64, true, 7_000, false));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(RuntimeDefinition.read(parsed()))
        .isEqualTo(
            new RuntimeSettings(
                Runtime.getRuntime().maxMemory() / 4,
                2,
                "exactly_once_v2",
                "data/state",
                15_000,
                BoundedRocksDbMemory.DEFAULT_MEMORY_MB,
                false,
                30_000,
                true));
  }

  @Test
  void shouldCountMebibytesBeyondTheRangeOfAnInt() {
    assertThat(RuntimeDefinition.read(parsed("heads.cache-mb", "4096")).headsCacheBytes())
        .isEqualTo(4L << 30);
  }

  @Test
  void shouldTellWhetherAnswersComeExactlyOnce() {
    assertThat(RuntimeDefinition.read(parsed()).isExactlyOnce()).isTrue();
    assertThat(
            RuntimeDefinition.read(parsed("processing.guarantee", "at_least_once")).isExactlyOnce())
        .isFalse();
  }
}
