package dev.hyperflow.topology.internal.config;

import static dev.hyperflow.topology.internal.config.Configs.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import org.junit.jupiter.api.Test;

class BundleDefinitionTest {
  @Test
  void shouldReadEverySettingIntoItsOwnField() {
    assertThat(
            BundleDefinition.read(
                parsed(
                    "bundle", "classpath:mine",
                    "device", "CUDA",
                    "device.tf32", "true",
                    "device.batch-size", "7")))
        .isEqualTo(
            BundleOptions.defaults()
                .withDevice(DeviceChoice.CUDA)
                .withCuda(CudaOptions.defaults().withTf32(true))
                .withPolicy(DeviceDefinition.read(parsed("device.batch-size", "7"))));
  }

  @Test
  void shouldHaveDefaults() {
    assertThat(BundleDefinition.read(parsed())).isEqualTo(BundleOptions.defaults());
  }

  @Test
  void shouldServeTheShippedBundleUnlessAnotherIsNamed() {
    assertThat(BundleDefinition.location(parsed())).isEqualTo(ShippedBundles.DRIFT);
    assertThat(BundleDefinition.location(parsed("bundle", "/opt/mine.zip")))
        .isEqualTo("/opt/mine.zip");
  }
}
