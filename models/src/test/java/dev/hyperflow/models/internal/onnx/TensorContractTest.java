package dev.hyperflow.models.internal.onnx;

import static dev.hyperflow.models.internal.onnx.TensorContract.ANY;
import static dev.hyperflow.models.internal.onnx.TensorContract.floats;
import static dev.hyperflow.models.internal.onnx.TensorContract.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.TinyGraphs;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TensorContractTest {

  private static final Map<String, TensorContract> INPUTS =
      Map.of(
          "head", floats(ANY, ANY, ANY),
          "t", floats(ANY),
          "support", floats(ANY, ANY, ANY),
          "membership", floats(ANY, ANY, ANY),
          "label_mask", floats(ANY, ANY));

  private static ModelSession session;

  @BeforeAll
  static void open() {
    byte[] model = TinyGraphs.drift();
    session =
        new SessionFactory(SessionFactory.environment(), Device.cpu(), BundleOptions.defaults())
            .open("drift.onnx", ByteBuffer.allocateDirect(model.length).put(model).flip());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void shouldTakeWhatFitsOpenAxesIncluded() {
    TensorContract.check("drift.onnx", session, INPUTS, Map.of("drift", floats(ANY, ANY, 25)));
  }

  @Test
  void shouldNameMissingInputs() {
    Map<String, TensorContract> more = new HashMap<>(INPUTS);
    more.put("extra", floats(ANY));
    refused(more, Map.of())
        .contains("drift.onnx: expected inputs [extra, head, ")
        .contains("found [head, label_mask, membership, support, t]");
  }

  @Test
  void shouldNameAnInputOfAnotherRank() {
    Map<String, TensorContract> other = new HashMap<>(INPUTS);
    other.put("t", floats(ANY, ANY));
    refused(other, Map.of()).isEqualTo("drift.onnx: expected input t float[?,?], found float[?]");
  }

  @Test
  void shouldNameAnInputOfAnotherElementType() {
    Map<String, TensorContract> other = new HashMap<>(INPUTS);
    other.put("t", longs(ANY));
    refused(other, Map.of()).isEqualTo("drift.onnx: expected input t int64[?], found float[?]");
  }

  @Test
  void shouldNameAMissingOutput() {
    refused(INPUTS, Map.of("head", floats(ANY, 3)))
        .isEqualTo("drift.onnx: expected output head float[?,3], found none");
  }

  private static org.assertj.core.api.AbstractStringAssert<?> refused(
      Map<String, TensorContract> inputs, Map<String, TensorContract> outputs) {
    BundleException[] refusal = new BundleException[1];
    assertThatExceptionOfType(BundleException.class)
        .isThrownBy(() -> TensorContract.check("drift.onnx", session, inputs, outputs))
        .satisfies(e -> refusal[0] = e);
    return assertThat(refusal[0].getMessage());
  }
}
