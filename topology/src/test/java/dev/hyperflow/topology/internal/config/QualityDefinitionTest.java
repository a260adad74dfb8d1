package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.quality.QualitySettings;
import org.junit.jupiter.api.Test;

class QualityDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            QualityDefinition.read(
                parsed(
                    "quality.fading", "0.9",
                    "quality.drift-delta", "0.1",
                    "quality.drift-lambda", "20",
                    "quality.drift-observations", "40")))
        .isEqualTo(new QualitySettings(0.9, 0.1, 20, 40));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(QualityDefinition.read(parsed())).isEqualTo(QualitySettings.defaults());
  }

  @Test
  void shouldReadHowOftenQualityIsReported() {
    assertThat(QualityDefinition.reportEvery(parsed("quality.report-every", "3"))).isEqualTo(3);
    assertThat(QualityDefinition.reportEvery(parsed())).isEqualTo(10);
  }
}
