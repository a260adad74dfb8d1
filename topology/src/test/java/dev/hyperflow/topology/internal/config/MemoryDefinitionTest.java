package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.remember.Fading;
import dev.hyperflow.engine.internal.remember.FeaturePrecision;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.RingPolicy;
import dev.hyperflow.engine.internal.remember.TextPolicy;
import org.junit.jupiter.api.Test;

class MemoryDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            MemoryDefinition.read(
                parsed(
                    "memory.labels-per-tenant", "11",
                    "memory.examples-per-label", "12",
                    "memory.examples-per-tenant", "13",
                    "memory.policy", "reservoir",
                    "memory.precision", "int8",
                    "memory.texts", "none",
                    "memory.description-weight", "0.25",
                    "memory.half-life-ms", "86400000")))
        .isEqualTo(
            new MemorySettings(
                11,
                12,
                13,
                RingPolicy.RESERVOIR,
                FeaturePrecision.INT8,
                0.25f,
                TextPolicy.NONE,
                new Fading(86_400_000)));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(MemoryDefinition.read(parsed()))
        .isEqualTo(
            new MemorySettings(
                150,
                65_536,
                1_024,
                RingPolicy.NEWEST,
                FeaturePrecision.FLOAT16,
                1,
                TextPolicy.KEEP,
                Fading.OFF));
  }
}
