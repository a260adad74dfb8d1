package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.DevicePolicy;
import org.junit.jupiter.api.Test;

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
}
