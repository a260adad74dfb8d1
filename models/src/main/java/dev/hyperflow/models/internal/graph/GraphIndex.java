package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Reads a model.
   *
   * @param name what messages call it
   * @throws IllegalArgumentException if it is no ONNX model
   */
  static ModelProto parse(String name, ByteBuffer model) {
    try {
      return ModelProto.parseFrom(model.duplicate());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "%s: expected an ONNX model, found %d other bytes".formatted(name, model.remaining()), e);
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

  /** A graph without what no output and no kept value needs. */
  static GraphProto used(GraphProto graph, Set<String> kept) {
    Map<String, NodeProto> makers = new HashMap<>();
    graph
        .getNodeList()
        .forEach(node -> node.getOutputList().forEach(value -> makers.put(value, node)));
    Deque<String> open = new ArrayDeque<>(kept);
    graph.getOutputList().forEach(output -> open.add(output.getName()));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      NodeProto node = makers.get(open.remove());
      if (node != null) {
        Subgraphs.reads(node).stream().filter(seen::add).forEach(open::add);
      }
    }
    GraphProto.Builder left = graph.toBuilder().clearNode().clearInitializer();
    graph.getNodeList().stream()
        .filter(node -> node.getOutputList().stream().anyMatch(seen::contains))
        .forEach(left::addNode);
    graph.getInitializerList().stream()
        .filter(tensor -> seen.contains(tensor.getName()))
        .forEach(left::addInitializer);
    return left.build();
  }
}
