package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Fp16EncoderGraphTest {

  /** Of numbers around 1, rounded to eleven bits. */
  private static final float TOLERANCE = 0.01f;

  private static final int TOKENS = 5;

  private final byte[] model = TinyTransformer.model(7);
  private final byte[] written = written(model);

  @Test
  void shouldStayClose() {
    float[] x = TinyTransformer.gaussian(new Random(2), TOKENS * TinyTransformer.WIDTH, 1);
    float[] expected = run(model, x, 1);
    float[] found = run(written, x, 1);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(TOLERANCE));
    }
    assertThat(found).isNotEqualTo(expected);
  }

  @Test
  void shouldGiveARowTheSameBitsInEveryBatch() {
    int width = TOKENS * TinyTransformer.WIDTH;
    float[] x = TinyTransformer.gaussian(new Random(3), 9 * width, 1);
    float[] together = run(written, x, 9);
    for (int i = 0; i < 9; i++) {
      float[] one = Arrays.copyOfRange(x, i * width, (i + 1) * width);
      assertThat(run(written, one, 1))
          .isEqualTo(Arrays.copyOfRange(together, i * width, (i + 1) * width));
    }
  }

  @Test
  void shouldMultiplyHalvesAndLeaveAllElse() throws InvalidProtocolBufferException {
    // Given
    GraphProto graph = ModelProto.parseFrom(written).getGraph();
    GraphIndex index = new GraphIndex(graph);

    // Then what a product takes is 16 bits wide, and nothing keeps the matrices of floats
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMul")) {
        assertThat(index.maker(node.getInput(0), "Cast")).isPresent();
        assertThat(index.onlyReader(node.getOutput(0)).orElseThrow().getOpType()).isEqualTo("Cast");
      }
    }
    assertThat(graph.getInitializerList())
        .filteredOn(tensor -> tensor.getDimsCount() == 2)
        .hasSize(2)
        .allMatch(tensor -> tensor.getDataType() == FLOAT16.getNumber());
    assertThat(graph.getNodeList().stream().map(NodeProto::getOpType))
        .contains("LayerNormalization", "ReduceMean", "Tanh");
    assertThat(graph.getNodeList())
        .anyMatch(node -> node.getOutputList().contains(TinyTransformer.FIRST_NORM));
  }

  @Test
  void shouldWriteTheSameBytesAgain() {
    assertThat(written(model)).isEqualTo(written);
  }

  @Test
  void shouldRefuseWhatItCannotWrite() throws InvalidProtocolBufferException {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(TinyTransformer.withoutProducts()))
        .withMessage("tiny.onnx: expected products with constant matrices, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(new byte[] {1, 2, 3}))
        .withMessage("tiny.onnx: expected an ONNX model, found 3 other bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> written(withLargeWeight()))
        .withMessageMatching(
            "tiny\\.onnx: expected weights of at most 65504, found 65505\\.0 in constant_\\d+");
  }

  private byte[] withLargeWeight() throws InvalidProtocolBufferException {
    ModelProto.Builder large = ModelProto.parseFrom(model).toBuilder();
    TensorProto.Builder matrix =
        large.getGraphBuilder().getInitializerBuilderList().stream()
            .filter(tensor -> tensor.getDimsCount() == 2)
            .findFirst()
            .orElseThrow();
    byte[] numbers = matrix.getRawData().toByteArray();
    ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(65_505);
    matrix.setRawData(ByteString.copyFrom(numbers));
    return large.build().toByteArray();
  }

  private static byte[] written(byte[] model) {
    return Fp16EncoderGraph.of(
        "tiny.onnx", ByteBuffer.wrap(model), Set.of(TinyTransformer.FIRST_NORM));
  }

  private static float[] run(byte[] bytes, float[] x, int texts) {
    try (OnnxSession session = new OnnxSession(bytes)) {
      return session
          .run(
              Map.of(
                  TinyTransformer.INPUT,
                  new OnnxSession.Values(x, texts, TOKENS, TinyTransformer.WIDTH)))
          .get(TinyTransformer.OUTPUT)
          .data;
    }
  }
}
