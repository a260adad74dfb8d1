package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.score.ScoreSettings;
import org.junit.jupiter.api.Test;

class PredictionDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            PredictionDefinition.read(
                parsed(
                    "prediction.top-k", "7",
                    "prediction.abstain-below", "0.25",
                    "prediction.none-below", "0.5")))
        .isEqualTo(new ScoreSettings(7, 0.25f, 0.5f));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(PredictionDefinition.read(parsed())).isEqualTo(new ScoreSettings(3, 0));
  }
}
