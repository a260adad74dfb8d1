package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ai.onnxruntime.OrtException;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.CudaOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.TinyGraphs;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionFactoryTest {

  private final SessionFactory sessions =
      new SessionFactory(SessionFactory.environment(), Device.cpu(), BundleOptions.defaults());

  @Test
  void shouldOpenAModelFromPositionToLimit() throws OrtException {
    // Given bytes around a model
    byte[] model = TinyGraphs.drift();
    ByteBuffer buffer = ByteBuffer.allocateDirect(model.length + 2);
    buffer.put((byte) 1).put(model).put((byte) 1).position(1).limit(model.length + 1);

    // When
    try (ModelSession session = sessions.open("drift.onnx", buffer)) {
      // Then
      assertThat(session.session().getOutputNames()).containsExactly("drift");
    }
  }

  @Test
  void shouldSayInOneLineWhichFileIsNoModel() {
    ByteBuffer bytes = ByteBuffer.allocateDirect(3).put(new byte[] {1, 2, 3}).flip();
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> sessions.open("drift.onnx", bytes))
        .withMessageMatching(
            "drift\\.onnx: expected an ONNX model that ONNX Runtime [0-9.]+ can load on cpu, found: .+");
  }

  @Test
  void shouldBoundCudaMemoryAndRoundNothingUnlessAsked() {
    CudaOptions options = CudaOptions.defaults().withMemoryLimitBytes(512L << 20);
    assertThat(SessionFactory.cudaOptions(options))
        .containsEntry("gpu_mem_limit", "536870912")
        .containsEntry("arena_extend_strategy", "kSameAsRequested")
        .containsEntry("use_tf32", "0")
        .hasSize(3);
    assertThat(SessionFactory.cudaOptions(options.withTf32(true)))
        .containsEntry("use_tf32", "1")
        .hasSize(3);
  }

  @Test
  void shouldSayOnWhichCardAModelDoesNotOpen() {
    // Given a runtime that cannot open it: it has no CUDA, or the machine no such card
    BundleOptions options =
        BundleOptions.defaults().withCuda(CudaOptions.defaults().withDeviceIds(List.of(99)));
    SessionFactory cards = new SessionFactory(SessionFactory.environment(), Device.cuda(), options);
    byte[] model = TinyGraphs.drift();
    ByteBuffer buffer = ByteBuffer.allocateDirect(model.length).put(model).flip();

    // Then
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> cards.open("drift.onnx", buffer))
        .withMessageMatching("drift\\.onnx: expected .+ can load on cuda:99, found: .+");
  }

  @Test
  void shouldRefuseRunsOfASessionThatIsClosed() {
    byte[] model = TinyGraphs.drift();
    ByteBuffer buffer = ByteBuffer.allocateDirect(model.length).put(model).flip();
    ModelSession session = sessions.open("drift.onnx", buffer);
    session.close();
    session.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> session.run(Map.of(), outputs -> 1))
        .withMessage("drift.onnx is closed");
  }
}
