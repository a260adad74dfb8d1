package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CudaOptionsTest {

  @Test
  void shouldChangeOneOptionAndKeepTheOthers() {
    assertThat(CudaOptions.defaults().withTf32(true).withMemoryLimitBytes(1L << 30))
        .isEqualTo(new CudaOptions(List.of(0), 1L << 30, true));
    assertThat(CudaOptions.defaults().tf32()).isFalse();
  }

  @Test
  void shouldRefuseWhatNoCardHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CudaOptions.defaults().withDeviceIds(List.of(0, -1)))
        .withMessage("cuda.deviceIds: expected different numbers of at least 0, found [0, -1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CudaOptions.defaults().withDeviceIds(List.of(1, 1)))
        .withMessageContaining("found [1, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CudaOptions.defaults().withDeviceIds(List.of()))
        .withMessageContaining("found []");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CudaOptions.defaults().withMemoryLimitBytes(1))
        .withMessage("cuda.memoryLimitBytes: expected at least 67108864, found 1");
  }
}
