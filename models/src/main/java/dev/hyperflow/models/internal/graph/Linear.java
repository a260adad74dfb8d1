package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A product with a constant matrix, and the constant vector that is added to it.
 *
 * @param product the MatMul
 * @param sum the Add of the bias; empty if there is none
 * @param weight float[inputs, outputs]
 * @param bias float[outputs]; empty if there is none
 */
record Linear(
    NodeProto product, Optional<NodeProto> sum, TensorProto weight, Optional<TensorProto> bias) {

  /**
   * The products of a graph with constant weights, in the order of its nodes.
   *
   * @param name what messages call the model
   * @throws IllegalArgumentException if there are none
   */
  static List<Linear> of(String name, List<NodeProto> nodes, GraphIndex index) {
    List<Linear> linears = new ArrayList<>();
    for (NodeProto node : nodes) {
      if (node.getOpType().equals("MatMul")) {
        index
            .floats(node.getInput(1), 2)
            .ifPresent(weight -> linears.add(withBias(node, weight, index)));
      }
    }
    if (linears.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": expected products with constant matrices, found none");
    }
    return linears;
  }

  private static Linear withBias(NodeProto product, TensorProto weight, GraphIndex index) {
    Optional<NodeProto> sum =
        index.onlyReader(product.getOutput(0)).filter(node -> node.getOpType().equals("Add"));
    Optional<TensorProto> bias =
        sum.flatMap(add -> other(add, product.getOutput(0)))
            .flatMap(value -> index.floats(value, 1))
            .filter(vector -> vector.getDims(0) == weight.getDims(1));
    return new Linear(product, bias.isPresent() ? sum : Optional.empty(), weight, bias);
  }

  /** The other term of a sum of two different values. */
  static Optional<String> other(NodeProto sum, String value) {
    return sum.getInputList().stream().filter(term -> !term.equals(value)).findFirst();
  }

  String input() {
    return product.getInput(0);
  }

  /** The node whose output is the outcome. */
  NodeProto last() {
    return sum.orElse(product);
  }

  int inputs() {
    return (int) weight.getDims(0);
  }

  int outputs() {
    return (int) weight.getDims(1);
  }
}
