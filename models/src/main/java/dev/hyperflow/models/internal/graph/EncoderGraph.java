package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an encoder's ONNX file says of itself.
 *
 * @param output name of the output of token vectors
 * @param width number of its columns; empty if the file leaves it open
 */
public record EncoderGraph(String output, OptionalInt width) {

  private static final int TOKEN_VECTORS = 3;

  /** Names under which exporters write token vectors, the usual one first. */
  private static final List<String> USUAL =
      List.of(EncoderReference.LAST_HIDDEN_STATE, "token_embeddings");

  /**
   * Reads a model.
   *
   * @param name what messages call it
   * @param model the ONNX bytes
   * @throws IllegalArgumentException if it is no model, keeps its weights elsewhere, or has no
   *     output of token vectors; the message is one line
   */
  public static EncoderGraph read(String name, ByteBuffer model) {
    GraphProto graph = parse(name, model);
    if (graph.getInitializerList().stream().anyMatch(EncoderGraph::isElsewhere)) {
      throw new IllegalArgumentException(
          name + ": expected a file that holds all weights, found weights in another file");
    }
    List<ValueInfoProto> found =
        graph.getOutputList().stream().filter(EncoderGraph::isTokenVectors).toList();
    ValueInfoProto output =
        USUAL.stream()
            .flatMap(usual -> found.stream().filter(value -> value.getName().equals(usual)))
            .findFirst()
            .or(() -> found.size() == 1 ? found.stream().findFirst() : Optional.empty())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: expected an output of token vectors, float[texts, tokens, width],"
                                .formatted(name)
                            + " found "
                            + described(graph.getOutputList())));
    return new EncoderGraph(output.getName(), width(output));
  }

  private static GraphProto parse(String name, ByteBuffer model) {
    try {
      GraphProto graph = ModelProto.parseFrom(model.duplicate()).getGraph();
      if (graph.getOutputCount() == 0) {
        throw new IllegalArgumentException(name + ": expected an ONNX model, found no outputs");
      }
      return graph;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          name + ": expected an ONNX model, found: " + e.getMessage(), e);
    }
  }

  private static boolean isElsewhere(TensorProto weights) {
    return weights.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
  }

  private static boolean isTokenVectors(ValueInfoProto value) {
    TypeProto.Tensor tensor = value.getType().getTensorType();
    return tensor.getElemType() == TensorProto.DataType.FLOAT.getNumber()
        && tensor.getShape().getDimCount() == TOKEN_VECTORS;
  }

  private static OptionalInt width(ValueInfoProto value) {
    TensorShapeProto.Dimension last =
        value.getType().getTensorType().getShape().getDim(TOKEN_VECTORS - 1);
    return last.getDimValue() > 0
        ? OptionalInt.of(Math.toIntExact(last.getDimValue()))
        : OptionalInt.empty();
  }

  private static Set<String> described(List<ValueInfoProto> values) {
    return values.stream()
        .map(
            value ->
                value.getName()
                    + value.getType().getTensorType().getShape().getDimList().stream()
                        .map(dim -> dim.getDimValue() > 0 ? "" + dim.getDimValue() : "?")
                        .collect(Collectors.joining(",", "[", "]")))
        .collect(Collectors.toUnmodifiableSet());
  }
}
