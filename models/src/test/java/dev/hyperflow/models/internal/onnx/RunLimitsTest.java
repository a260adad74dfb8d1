package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLimitsTest {

  @ParameterizedTest
  @CsvSource({
    "CPU, 24, 32",
    "CPU, 64, 32",
    "CPU, 72, 28",
    "CPU, 256, 8",
    "CPU, 4096, 1",
    "CUDA, 24, 1024",
    "CUDA, 32, 1024",
    "CUDA, 256, 128",
    "CUDA, 65536, 1",
  })
  void shouldLimitTextsByTheirNumberAndByTheirTokens(Device.Kind kind, int length, int texts) {
    assertThat(RunLimits.of(kind).textsOf(length)).isEqualTo(texts);
  }
}
