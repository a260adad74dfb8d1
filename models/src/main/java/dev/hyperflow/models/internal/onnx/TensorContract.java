package dev.hyperflow.models.internal.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.hyperflow.models.BundleException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model's inputs or outputs must look like.
 *
 * @param type element type
 * @param axes one entry per axis; a positive one fixes its size, {@link #ANY} leaves it open
 */
record TensorContract(OnnxJavaType type, List<Long> axes) {

  static final long ANY = -1;

  /** Floats of that many axes, each of a fixed size or {@link #ANY}. */
  static TensorContract floats(long... axes) {
    return new TensorContract(OnnxJavaType.FLOAT, Arrays.stream(axes).boxed().toList());
  }

  /** 64-bit integers of that many axes, each of a fixed size or {@link #ANY}. */
  static TensorContract longs(long... axes) {
    return new TensorContract(OnnxJavaType.INT64, Arrays.stream(axes).boxed().toList());
  }

  /** Checks that a model has exactly these inputs, and at least these outputs. */
  static void check(
      String model,
      ModelSession session,
      Map<String, TensorContract> inputs,
      Map<String, TensorContract> outputs) {
    try {
      Map<String, NodeInfo> foundInputs = session.session().getInputInfo();
      if (!foundInputs.keySet().equals(inputs.keySet())) {
        throw new BundleException(
            "%s: expected inputs %s, found %s"
                .formatted(
                    model, new TreeSet<>(inputs.keySet()), new TreeSet<>(foundInputs.keySet())));
      }
      new TreeMap<>(inputs)
          .forEach((name, contract) -> contract.check(model, "input", name, foundInputs));
      Map<String, NodeInfo> foundOutputs = session.session().getOutputInfo();
      new TreeMap<>(outputs)
          .forEach((name, contract) -> contract.check(model, "output", name, foundOutputs));
    } catch (OrtException e) {
      throw new BundleException(
          model + ": expected inputs and outputs to read, found: " + Messages.oneLine(e), e);
    }
  }

  private void check(String model, String role, String name, Map<String, NodeInfo> nodes) {
    NodeInfo node = nodes.get(name);
    String found = node == null ? "none" : describe(node);
    if (node == null || !accepts(node)) {
      throw new BundleException(
          "%s: expected %s %s %s, found %s".formatted(model, role, name, this, found));
    }
  }

  /** An axis a model leaves open fits any size; the warm-up finds out what it really does. */
  private boolean accepts(NodeInfo node) {
    if (!(node.getInfo() instanceof TensorInfo tensor)
        || tensor.type != type
        || tensor.getShape().length != axes.size()) {
      return false;
    }
    for (int i = 0; i < axes.size(); i++) {
      long found = tensor.getShape()[i];
      if (found >= 0 && found != axes.get(i)) { // an axis that must stay open is ANY, never ≥ 0
        return false;
      }
    }
    return true;
  }

  private static String describe(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo tensor
        ? new TensorContract(tensor.type, Arrays.stream(tensor.getShape()).boxed().toList())
            .toString()
        : node.getInfo().toString();
  }

  @Override
  public String toString() {
    String shape = axes.toString().replace("-1", "?").replace(" ", "");
    return type.name().toLowerCase(Locale.ROOT) + shape;
  }
}
