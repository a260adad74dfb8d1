package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class Int8EncoderGraphTest {

  /** Another order of the same sums. */
  private static final float FLOAT_TOLERANCE = 1e-5f;

  /** Of numbers around 1, rounded to seven and eight bits. */
  private static final float INT8_TOLERANCE = 0.3f;

  private static final int TOKENS = 5;

  private final byte[] model = TinyTransformer.model(7);
  private final Int8EncoderGraph graph =
      Int8EncoderGraph.of("tiny.onnx", ByteBuffer.wrap(model), Set.of(TinyTransformer.FIRST_NORM));

  @Test
  void shouldFindTheActivationsOfProducts() {
    assertThat(graph.activations()).hasSize(2);
    assertThat(graph.importance(graph.activations().get(0))).hasSize(TinyTransformer.WIDTH);
    assertThat(graph.importance(graph.activations().get(1))).hasSize(TinyTransformer.INNER);
  }

  @Test
  void shouldComputeTheSameInFloats() {
    // Given
    float[] x = TinyTransformer.gaussian(new Random(1), 2 * TOKENS * TinyTransformer.WIDTH, 1);

    // When the normalisations are written in another way
    byte[] observable = bytes(graph.observable());

    // Then
    float[] expected = run(model, x, 2).get(TinyTransformer.OUTPUT).data;
    Map<String, OnnxSession.Values> found = run(observable, x, 2);
    assertThat(found.get(TinyTransformer.OUTPUT).data)
        .usingComparatorWithPrecision(FLOAT_TOLERANCE)
        .containsExactly(expected);
    assertThat(found).containsKeys(graph.activations().toArray(String[]::new));
  }

  @Test
  void shouldStayCloseInBytes() {
    float[] x = TinyTransformer.gaussian(new Random(2), TOKENS * TinyTransformer.WIDTH, 1);
    float[] expected = run(model, x, 1).get(TinyTransformer.OUTPUT).data;
    float[] found = run(graph.quantised(grids()), x, 1).get(TinyTransformer.OUTPUT).data;
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(INT8_TOLERANCE));
    }
    assertThat(found).isNotEqualTo(expected);
  }

  @Test
  void shouldGiveARowTheSameBitsInEveryBatch() {
    // Given texts of which one has numbers beyond every grid
    int width = TOKENS * TinyTransformer.WIDTH;
    float[] x = TinyTransformer.gaussian(new Random(3), 9 * width, 1);
    x[4 * width] = 1e6f;
    byte[] quantised = graph.quantised(grids());

    // When
    float[] together = run(quantised, x, 9).get(TinyTransformer.OUTPUT).data;

    // Then
    for (int i = 0; i < 9; i++) {
      float[] one = Arrays.copyOfRange(x, i * width, (i + 1) * width);
      assertThat(run(quantised, one, 1).get(TinyTransformer.OUTPUT).data)
          .isEqualTo(Arrays.copyOfRange(together, i * width, (i + 1) * width));
    }
  }

  @Test
  void shouldMultiplyBytesAndKeepWhatIsAskedFor() throws InvalidProtocolBufferException {
    // When
    ModelProto quantised = ModelProto.parseFrom(graph.quantised(grids()));

    // Then
    List<String> types =
        quantised.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    assertThat(types)
        .contains("MatMulIntegerToFloat", "QuantizeLinear", "InstanceNormalization")
        .doesNotContain("MatMul", "ReduceMean", "LayerNormalization");
    assertThat(quantised.getGraph().getNodeList())
        .anyMatch(node -> node.getOutputList().contains(TinyTransformer.FIRST_NORM));
    // And sums of two products of bytes fit sixteen bits, as processors without VNNI need it
    assertThat(quantised.getGraph().getInitializerList())
        .filteredOn(tensor -> tensor.getDataType() == TensorProto.DataType.INT8.getNumber())
        .hasSize(2)
        .allSatisfy(
            tensor -> {
              for (byte level : tensor.getRawData()) {
                assertThat(Math.abs(level) * 2 * 255).isLessThanOrEqualTo(Short.MAX_VALUE);
              }
            });
  }

  @Test
  void shouldLeaveAProductWithoutAGrid() throws InvalidProtocolBufferException {
    // Given a grid of the first activation alone
    Map<String, Grid> one = grids();
    one.remove(graph.activations().get(1));

    // When
    ModelProto quantised = ModelProto.parseFrom(graph.quantised(one));

    // Then
    assertThat(quantised.getGraph().getNodeList().stream().map(NodeProto::getOpType))
        .containsOnlyOnce("MatMul")
        .containsOnlyOnce("MatMulIntegerToFloat");
  }

  @Test
  void shouldWriteTheSameBytesAgain() {
    assertThat(graph.quantised(grids())).isEqualTo(graph.quantised(grids()));
  }

  @Test
  void shouldRefuseWhatItCannotQuantise() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Int8EncoderGraph.of(
                    "none.onnx", ByteBuffer.wrap(TinyTransformer.withoutProducts()), Set.of()))
        .withMessage("none.onnx: expected products with constant matrices, found none");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Int8EncoderGraph.of("a.txt", ByteBuffer.wrap(new byte[] {1, 2, 3}), Set.of()))
        .withMessage("a.txt: expected an ONNX model, found 3 other bytes");
  }

  /** Normalised rows have numbers around 1; those behind tanh are below 1. */
  private Map<String, Grid> grids() {
    Map<String, Grid> grids = new HashMap<>();
    grids.put(graph.activations().get(0), Grid.between(-4, 4));
    grids.put(graph.activations().get(1), Grid.between(-1, 1));
    return grids;
  }

  private static Map<String, OnnxSession.Values> run(byte[] bytes, float[] x, int texts) {
    try (OnnxSession session = new OnnxSession(bytes)) {
      return session.run(
          Map.of(
              TinyTransformer.INPUT,
              new OnnxSession.Values(x, texts, TOKENS, TinyTransformer.WIDTH)));
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
