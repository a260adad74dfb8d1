package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriftContractTest {

  @ParameterizedTest
  @EnumSource(DriftNetworks.class)
  void shouldAcceptNetworksThatKeepIt(DriftNetworks network) {
    assertThat(DriftContract.check(network.emit()).getGraph().getInputCount()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {18, 19, 20, 21})
  void shouldAcceptOpsets(long version) {
    DriftContract.check(edited(model -> model.getOpsetImportBuilder(0).setVersion(version)));
  }

  @Test
  void shouldRefuseOtherContent() {
    byte[] text = "not a model".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> DriftContract.check(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("drift.onnx: content: expected an ONNX model, found 11 other bytes");
    shouldRefuse(ModelProto.Builder::clearGraph, "graph: expected one, found none");
  }

  @Test
  void shouldRefuseOtherVersions() {
    shouldRefuse(model -> model.setIrVersion(11), "IR version: expected up to 10, found 11");
    shouldRefuse(
        model -> model.getOpsetImportBuilder(0).setVersion(17),
        "opset: expected 18 to 21, found 17");
    shouldRefuse(
        model -> model.getOpsetImportBuilder(0).setVersion(22),
        "opset: expected 18 to 21, found 22");
    shouldRefuse(ModelProto.Builder::clearOpsetImport, "opset: expected 18 to 21, found 0");
  }

  @Test
  void shouldRefuseOtherInputsAndOutputs() {
    shouldRefuse(
        model -> model.getGraphBuilder().removeInput(1),
        "inputs: expected [head, label_mask, membership, support, t],"
            + " found [head, label_mask, membership, support]");
    shouldRefuse(
        model -> model.getGraphBuilder().getOutputBuilder(0).setName("dw"),
        "outputs: expected [drift], found [dw]");
    shouldRefuse(
        model ->
            model
                .getGraphBuilder()
                .getInputBuilder(1)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(INT64.getNumber()),
        "input t: expected float of rank 1, found int64 of rank 1");
    shouldRefuse(
        model ->
            model
                .getGraphBuilder()
                .getInputBuilder(4)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .addDimBuilder()
                .setDimValue(1),
        "input label_mask: expected float of rank 2, found float of rank 3");
    shouldRefuse(
        model ->
            model
                .getGraphBuilder()
                .getOutputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .clearShape(),
        "output drift: expected float of rank 3, found float of unknown rank");
    shouldRefuse(
        model -> model.getGraphBuilder().getInputBuilder(0).clearType(),
        "input head: expected float of rank 3, found no tensor");
    shouldRefuse(
        model -> model.getGraphBuilder().addInitializer(TensorProto.newBuilder().setName("t")),
        "input t: expected no default, found an initializer");
  }

  @Test
  void shouldRefuseWhatCannotBeMoved() {
    shouldRefuse(
        model -> model.addFunctions(FunctionProto.newBuilder().setName("f")),
        "model-local functions: expected none (inline them), found 1");
    shouldRefuse(
        model -> model.getGraphBuilder().addInitializer(external("w")),
        "data of w: expected inside the file, found external data");
    shouldRefuse(
        model ->
            model.getGraphBuilder().addSparseInitializer(SparseTensorProto.getDefaultInstance()),
        "sparse initializers: expected none, found 1");
    shouldRefuse(
        model -> model.getGraphBuilder().addNode(node("RandomNormal")),
        "operators: expected no random ones, found RandomNormal");
  }

  @Test
  void shouldLookIntoSubgraphs() {
    GraphProto branch =
        GraphProto.newBuilder().setName("b").addInitializer(external("inner")).build();
    NodeProto.Builder conditional =
        node("If").toBuilder().addAttribute(OnnxGraph.attribute("then_branch", branch));
    shouldRefuse(
        model -> model.getGraphBuilder().addNode(conditional),
        "data of inner: expected inside the file, found external data");
    AttributeProto sparse =
        AttributeProto.newBuilder()
            .setName("sparse_value")
            .setSparseTensor(SparseTensorProto.getDefaultInstance())
            .build();
    shouldRefuse(
        model -> model.getGraphBuilder().addNode(node("Constant").toBuilder().addAttribute(sparse)),
        "constants: expected dense ones, found a sparse one");
  }

  private static NodeProto node(String operator) {
    return NodeProto.newBuilder().setOpType(operator).addOutput("y").build();
  }

  private static TensorProto external(String name) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(FLOAT.getNumber())
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .build();
  }

  private static void shouldRefuse(Consumer<ModelProto.Builder> edit, String message) {
    byte[] model = edited(edit);
    IntegrationPlan plan = new IntegrationPlan(1, 1f, 1f, InitialBias.ZERO);
    assertThatThrownBy(() -> IntegrateGraph.build(model, plan))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("drift.onnx: " + message);
  }

  private static byte[] edited(Consumer<ModelProto.Builder> edit) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(DriftNetworks.MOVING.emit()).toBuilder();
      edit.accept(model);
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
