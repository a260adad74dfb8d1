package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT16;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes the graph of an encoder again with products of halves: matrices and what they multiply
 * have 16 bits. So have the tables that rows are looked up in. All else stays in floats.
 */
public final class Fp16EncoderGraph {

  /*
   * Biases, attention, normalisations and softmax keep 24 bits: they are where halves overflow or
   * where small differences of large numbers count, and they are little of the work. A node of
   * floats is left where it is, so its values keep their names.
   */

  private static final String PREFIX = "fp16/";

  private final String name;
  private final GraphProto old;
  private final GraphIndex index;
  private final OnnxGraph g;
  private final Map<String, String> halves = new HashMap<>();

  private Fp16EncoderGraph(String name, GraphProto old) {
    this.name = name;
    this.old = old;
    this.index = new GraphIndex(old);
    this.g = new OnnxGraph(old.getName(), PREFIX);
  }

  /**
   * Writes a model again.
   *
   * @param name what messages call it
   * @param model the ONNX bytes
   * @param kept inner values that somebody will ask for
   * @return the ONNX bytes. The same call gives the same bytes
   * @throws IllegalArgumentException if it is no ONNX model, multiplies by no constant matrix, or
   *     has a weight that is too large for a half
   */
  public static byte[] of(String name, ByteBuffer model, Set<String> kept) {
    ModelProto old = GraphIndex.parse(name, model);
    GraphProto written = new Fp16EncoderGraph(name, old.getGraph()).written();
    return OnnxGraph.model(GraphIndex.used(written, kept), old.getOpsetImportList()).toByteArray();
  }

  private GraphProto written() {
    Set<String> products = new HashSet<>();
    for (Linear linear : Linear.of(name, old.getNodeList(), index)) {
      products.add(linear.product().getOutput(0));
    }
    for (NodeProto node : old.getNodeList()) {
      if (products.contains(node.getOutput(0))) {
        add(node, List.of(half(node.getInput(0)), constant(node.getInput(1))));
      } else if (isTable(node)) {
        add(node, List.of(constant(node.getInput(0)), node.getInput(1)));
      } else {
        g.add(node);
      }
    }
    old.getInitializerList().forEach(g::add);
    return g.build().toBuilder()
        .addAllInput(old.getInputList())
        .addAllOutput(old.getOutputList())
        .build();
  }

  private boolean isTable(NodeProto node) {
    return node.getOpType().equals("Gather") && index.floats(node.getInput(0), 2).isPresent();
  }

  /** Adds a node with inputs of 16 bits, and its result in floats. */
  private void add(NodeProto node, List<String> inputs) {
    String result = PREFIX + "result" + node.getOutput(0);
    g.add(node.toBuilder().clearInput().addAllInput(inputs).setOutput(0, result).build());
    g.add(
        NodeProto.newBuilder()
            .setOpType("Cast")
            .setName(result)
            .addInput(result)
            .addOutput(node.getOutput(0))
            .addAttribute(OnnxGraph.attribute("to", FLOAT.getNumber()))
            .build());
  }

  private String half(String value) {
    return halves.computeIfAbsent(value, floats -> g.cast(floats, FLOAT16));
  }

  private String constant(String value) {
    return halves.computeIfAbsent(value, this::addConstant);
  }

  private String addConstant(String value) {
    TensorProto tensor = index.floats(value, 2).orElseThrow();
    float[] numbers = GraphIndex.numbers(tensor);
    for (float number : numbers) {
      if (!(Math.abs(number) <= Half.MAX)) {
        throw new IllegalArgumentException(
            "%s: expected weights of at most %.0f, found %s in %s"
                .formatted(name, Half.MAX, number, value));
      }
    }
    return g.halves(numbers, tensor.getDims(0), tensor.getDims(1));
  }
}
