package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CudaOptionsTest {

  @Test
  void shouldChangeOneOptionAndKeepTheOthers() {
    assertThat(CudaOptions.defaults().withTf32(true).withMemoryLimitBytes(1L << 30))
        .isEqualTo(new CudaOptions(0, 1L << 30, true));
    assertThat(CudaOptions.defaults().tf32()).isFalse();
  }

  @Test
  void shouldRefuseWhatNoCardHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CudaOptions(-1, 1L << 30, false))
        .withMessage("cuda.deviceId: expected at least 0, found -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CudaOptions.defaults().withMemoryLimitBytes(1))
        .withMessage("cuda.memoryLimitBytes: expected at least 67108864, found 1");
  }
}
