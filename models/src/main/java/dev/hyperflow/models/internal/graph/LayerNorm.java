package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Optional;

/**
 * A layer normalisation over the last axis: each row is centred, scaled to variance 1, multiplied
 * by a gain and shifted.
 *
 * @param input what is normalised
 * @param gain float[columns]
 * @param shift float[columns]
 * @param epsilon what is added to the variance
 * @param last the node whose output is the outcome
 */
record LayerNorm(String input, TensorProto gain, TensorProto shift, float epsilon, NodeProto last) {

  /*
   * Exporters write either the operator, or its parts: (x − mean) ÷ √(mean of squares + ε) · gain +
   * shift. Reading the parts backwards from the last sum finds them under any names.
   */

  private static final float DEFAULT_EPSILON = 1e-5f;

  /** The normalisation that ends in a node; empty if none does. */
  static Optional<LayerNorm> endingIn(NodeProto node, GraphIndex index) {
    return switch (node.getOpType()) {
      case "LayerNormalization" -> operator(node, index);
      case "Add" -> parts(node, index);
      default -> Optional.empty();
    };
  }

  private static Optional<LayerNorm> operator(NodeProto node, GraphIndex index) {
    if (node.getInputCount() != 3 || node.getOutputCount() != 1 || axis(node) != -1) {
      return Optional.empty();
    }
    float epsilon = attribute(node, "epsilon").map(AttributeProto::getF).orElse(DEFAULT_EPSILON);
    return index
        .floats(node.getInput(1), 1)
        .flatMap(
            gain ->
                index
                    .floats(node.getInput(2), 1)
                    .map(shift -> new LayerNorm(node.getInput(0), gain, shift, epsilon, node)));
  }

  private static long axis(NodeProto node) {
    return attribute(node, "axis").map(AttributeProto::getI).orElse(-1L);
  }

  private static Optional<AttributeProto> attribute(NodeProto node, String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }

  private static Optional<LayerNorm> parts(NodeProto last, GraphIndex index) {
    for (int i = 0; i < 2; i++) {
      Optional<TensorProto> shift = index.floats(last.getInput(i), 1);
      Optional<NodeProto> product = index.maker(last.getInput(1 - i), "Mul");
      if (shift.isPresent() && product.isPresent()) {
        return scaled(last, shift.get(), product.get(), index);
      }
    }
    return Optional.empty();
  }

  private static Optional<LayerNorm> scaled(
      NodeProto last, TensorProto shift, NodeProto product, GraphIndex index) {
    for (int i = 0; i < 2; i++) {
      Optional<TensorProto> gain = index.floats(product.getInput(i), 1);
      Optional<NodeProto> quotient = index.maker(product.getInput(1 - i), "Div");
      if (gain.isPresent() && quotient.isPresent()) {
        return normalised(last, gain.get(), shift, quotient.get(), index);
      }
    }
    return Optional.empty();
  }

  private static Optional<LayerNorm> normalised(
      NodeProto last, TensorProto gain, TensorProto shift, NodeProto quotient, GraphIndex index) {
    Optional<NodeProto> centred = index.maker(quotient.getInput(0), "Sub");
    Optional<NodeProto> root = index.maker(quotient.getInput(1), "Sqrt");
    if (centred.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    String input = centred.get().getInput(0);
    boolean mean =
        index
            .maker(centred.get().getInput(1), "ReduceMean")
            .filter(node -> node.getInput(0).equals(input))
            .isPresent();
    Optional<NodeProto> variance = index.maker(root.get().getInput(0), "Add");
    if (!mean || variance.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      Optional<TensorProto> epsilon = index.floats(variance.get().getInput(i), 0);
      boolean ofSquares =
          index
              .maker(variance.get().getInput(1 - i), "ReduceMean")
              .flatMap(node -> index.maker(node.getInput(0), "Pow"))
              .filter(power -> power.getInput(0).equals(quotient.getInput(0)))
              .isPresent();
      if (epsilon.isPresent() && ofSquares) {
        float value = GraphIndex.numbers(epsilon.get())[0];
        return Optional.of(new LayerNorm(input, gain, shift, value, last));
      }
    }
    return Optional.empty();
  }
}
