package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hyperflow.models.internal.DevicePolicy.Merge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DevicePolicyTest {

  private static final DevicePolicy DEFAULTS = DevicePolicy.defaults();

  @ParameterizedTest
  @CsvSource({
    "AUTO, CPU, false",
    "AUTO, CUDA, true",
    "ON, CPU, true",
    "ON, CUDA, true",
    "OFF, CUDA, false"
  })
  void shouldMergeWhereOneRunIsCheaperThanMany(Merge merge, Device.Kind kind, boolean merges) {
    assertThat(DEFAULTS.withMerge(merge).merges(kind)).isEqualTo(merges);
  }

  @Test
  void shouldFallBackFromCudaUnlessFailuresNeverCount() {
    assertThat(DEFAULTS.fallsBack(Device.Kind.CUDA)).isTrue();
    assertThat(DEFAULTS.fallsBack(Device.Kind.CPU)).isFalse();
    assertThat(new DevicePolicy(Merge.AUTO, 256, 0, 0, 0).fallsBack(Device.Kind.CUDA)).isFalse();
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DevicePolicy(Merge.AUTO, 0, 0, 3, 0))
        .withMessage("largestBatch: expected 1 to 1024, found 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DevicePolicy(Merge.AUTO, 256, 1_000_001, 3, 0))
        .withMessage("longestWaitMicros: expected 0 to 1000000, found 1000001");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DevicePolicy(Merge.AUTO, 256, 0, 1001, 0))
        .withMessage("breakerFailures: expected 0 to 1000, found 1001");
  }
}
