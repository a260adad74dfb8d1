package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.DevicePolicy;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            DeviceDefinition.read(
                parsed(
                    "device.merge", "ON",
                    "device.batch-size", "32",
                    "device.batch-wait-us", "250",
                    "device.breaker-failures", "5",
                    "device.breaker-retry-runs", "100")))
        .isEqualTo(new DevicePolicy(DevicePolicy.Merge.ON, 32, 250, 5, 100));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(DeviceDefinition.read(parsed())).isEqualTo(DevicePolicy.defaults());
  }

  @Test
  void shouldReadTheCards() {
    assertThat(DeviceDefinition.cuda(parsed())).isEqualTo(CudaOptions.defaults());
    assertThat(DeviceDefinition.cuda(parsed("device.cards", "2")).deviceIds()).containsExactly(2);
    assertThat(DeviceDefinition.cuda(parsed("device.cards", "1, 0")).deviceIds())
        .containsExactly(1, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0,", "0,0", "-1", "first", "1000"})
  void shouldRefuseWhatNamesNoCards(String cards) {
    assertThatThrownBy(() -> parsed("device.cards", cards))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("device.cards")
        .hasMessageContaining("expected different indexes of graphics cards, such as 0,1");
  }
}
