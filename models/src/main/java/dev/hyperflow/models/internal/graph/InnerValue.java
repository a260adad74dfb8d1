package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes an inner value of a model one of its outputs. */
public final class InnerValue {

  /*
   * A protobuf message that follows another one is merged into it, and a repeated field grows by
   * what is merged. So a model of one output, appended, adds that output; the weights are not
   * parsed, which would take as much heap as they are long.
   */

  private InnerValue() {}

  /**
   * A model that gives one more output. Whether the model has that value is found out when it is
   * opened.
   *
   * @param model the ONNX bytes
   * @param value name of the inner value, a float of any shape
   * @return a direct buffer
   */
  public static ByteBuffer asOutput(ByteBuffer model, String value) {
    byte[] output =
        ModelProto.newBuilder()
            .setGraph(GraphProto.newBuilder().addOutput(declaration(value)))
            .build()
            .toByteArray();
    return ByteBuffer.allocateDirect(model.remaining() + output.length)
        .put(model.duplicate())
        .put(output)
        .flip();
  }

  /**
   * The values that layers end in; all values where no layer normalisation is named so.
   *
   * @param model the ONNX bytes
   */
  public static SortedSet<String> layers(ByteBuffer model) {
    try {
      List<NodeProto> nodes = ModelProto.parseFrom(model.duplicate()).getGraph().getNodeList();
      SortedSet<String> all =
          nodes.stream()
              .flatMap(node -> node.getOutputList().stream())
              .collect(Collectors.toCollection(TreeSet::new));
      SortedSet<String> normalised =
          nodes.stream()
              .filter(InnerValue::endsLayer)
              .flatMap(node -> node.getOutputList().stream().limit(1))
              .collect(Collectors.toCollection(TreeSet::new));
      return normalised.isEmpty() ? all : normalised;
    } catch (InvalidProtocolBufferException e) {
      return new TreeSet<>();
    }
  }

  /**
   * An operator of that name, or the last one of its parts in an older export; that of an attention
   * is in the middle of a layer.
   */
  private static boolean endsLayer(NodeProto node) {
    if (node.getName().contains("/attention/")) {
      return false;
    }
    return node.getOpType().equals("LayerNormalization")
        || (node.getOpType().equals("Add") && node.getName().endsWith("LayerNorm/Add_1"));
  }

  /** Declares a value as an output of floats of any shape. */
  static ValueInfoProto declaration(String value) {
    TypeProto.Tensor floats =
        TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber()).build();
    return ValueInfoProto.newBuilder()
        .setName(value)
        .setType(TypeProto.newBuilder().setTensorType(floats))
        .build();
  }
}
