package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model file must look like, and the check of it.
 *
 * @param file what messages call it
 * @param inputs rank by name; all are floats
 * @param outputs rank by name; all are floats
 */
record ModelContract(String file, Map<String, Integer> inputs, Map<String, Integer> outputs) {

  private static final Set<String> RANDOM =
      Set.of(
          "Bernoulli",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  /**
   * Reads and checks a model.
   *
   * @throws IllegalArgumentException if it breaks the contract, in one line
   */
  ModelProto check(byte[] content) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "%s: content: expected an ONNX model, found %d other bytes"
              .formatted(file, content.length),
          e);
    }
    check(model);
    return model;
  }

  void check(ModelProto model) {
    require(model.hasGraph(), "graph", "one", "none");
    long ir = model.getIrVersion();
    require(ir <= OnnxGraph.IR_VERSION, "IR version", "up to " + OnnxGraph.IR_VERSION, ir);
    long opset = DriftContract.opset(model);
    String opsets = DriftContract.MIN_OPSET + " to " + DriftContract.MAX_OPSET;
    require(
        opset >= DriftContract.MIN_OPSET && opset <= DriftContract.MAX_OPSET,
        "opset",
        opsets,
        opset);
    int functions = model.getFunctionsCount();
    require(functions == 0, "model-local functions", "none (inline them)", functions);
    checkDeclarations("input", inputs, model.getGraph().getInputList());
    checkDeclarations("output", outputs, model.getGraph().getOutputList());
    for (TensorProto constant : model.getGraph().getInitializerList()) {
      String name = constant.getName();
      require(!inputs.containsKey(name), "input " + name, "no default", "an initializer");
    }
    checkInside(model.getGraph());
  }

  private void checkDeclarations(
      String kind, Map<String, Integer> ranks, List<ValueInfoProto> declared) {
    Map<String, TypeProto> types = new LinkedHashMap<>();
    declared.forEach(value -> types.put(value.getName(), value.getType()));
    require(
        types.keySet().equals(ranks.keySet()),
        kind + "s",
        new TreeSet<>(ranks.keySet()),
        new TreeSet<>(types.keySet()));
    new TreeMap<>(ranks)
        .forEach(
            (name, rank) -> {
              String expected = "float of rank " + rank;
              String found = describe(types.get(name));
              require(found.equals(expected), kind + " " + name, expected, found);
            });
  }

  private static String describe(TypeProto type) {
    if (!type.hasTensorType()) {
      return "no tensor";
    }
    TypeProto.Tensor tensor = type.getTensorType();
    TensorProto.DataType element = TensorProto.DataType.forNumber(tensor.getElemType());
    String elements = element == null ? "unknown type" : element.name().toLowerCase(Locale.ROOT);
    return tensor.hasShape()
        ? elements + " of rank " + tensor.getShape().getDimCount()
        : elements + " of unknown rank";
  }

  private void checkInside(GraphProto graph) {
    int sparse = graph.getSparseInitializerCount();
    require(sparse == 0, "sparse initializers", "none", sparse);
    graph.getInitializerList().forEach(this::checkData);
    for (NodeProto node : graph.getNodeList()) {
      require(!RANDOM.contains(node.getOpType()), "operators", "no random ones", node.getOpType());
      for (AttributeProto attribute : node.getAttributeList()) {
        require(!attribute.hasSparseTensor(), "constants", "dense ones", "a sparse one");
        checkData(attribute.getT());
        attribute.getTensorsList().forEach(this::checkData);
        Subgraphs.of(attribute).forEach(this::checkInside);
      }
    }
  }

  private void checkData(TensorProto tensor) {
    boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    require(!external, "data of " + tensor.getName(), "inside the file", "external data");
  }

  private void require(boolean condition, String what, Object expected, Object found) {
    if (!condition) {
      throw new IllegalArgumentException(
          "%s: %s: expected %s, found %s".formatted(file, what, expected, found));
    }
  }
}
