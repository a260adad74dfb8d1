package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks up who makes and who reads a value of a graph, and which values are constant. */
final class GraphIndex {

  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, List<NodeProto>> readers = new HashMap<>();
  private final Map<String, TensorProto> constants = new HashMap<>();

  GraphIndex(GraphProto graph) {
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(value -> makers.put(value, node));
      Subgraphs.reads(node)
          .forEach(value -> readers.computeIfAbsent(value, v -> new ArrayList<>()).add(node));
      if (node.getOpType().equals("Constant")) {
        node.getAttributeList().stream()
            .filter(attribute -> attribute.getName().equals("value"))
            .forEach(attribute -> constants.put(node.getOutput(0), attribute.getT()));
      }
    }
  }

  /** The node that makes a value, if it is of this type. */
  Optional<NodeProto> maker(String value, String type) {
    return Optional.ofNullable(makers.get(value)).filter(node -> node.getOpType().equals(type));
  }

  /** The one node that reads a value; empty if there are none or several. */
  Optional<NodeProto> onlyReader(String value) {
    List<NodeProto> all = readers.getOrDefault(value, List.of());
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /** A constant of floats with so many axes; empty if the value is no such constant. */
  Optional<TensorProto> floats(String value, int rank) {
    return Optional.ofNullable(constants.get(value))
        .filter(tensor -> tensor.getDataType() == FLOAT && tensor.getDimsCount() == rank);
  }

  /** The numbers of a tensor of floats. */
  static float[] numbers(TensorProto tensor) {
    if (tensor.getFloatDataCount() > 0) {
      float[] numbers = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = tensor.getFloatData(i);
      }
      return numbers;
    }
    FloatBuffer raw =
        tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] numbers = new float[raw.remaining()];
    raw.get(numbers);
    return numbers;
  }
}
