package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.engine.internal.validate.LongTexts;
import org.junit.jupiter.api.Test;

class LimitsDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            LimitsDefinition.read(
                parsed(
                    "limits.id-length", "1",
                    "limits.label-length", "2",
                    "limits.text-length", "3",
                    "limits.feature-dimension", "4",
                    "limits.max-weight", "5.5",
                    "limits.text-policy", "keep-tail")))
        .isEqualTo(new Limits(1, 2, 3, 4, 5.5f, LongTexts.KEEP_TAIL));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(LimitsDefinition.read(parsed())).isEqualTo(new Limits(256, 256, 10_000, 4_096, 100));
  }
}
