package dev.hyperflow.training.finetune;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of a BERT encoder under the names that Hugging Face gives them; matrices are
 * [inputs][outputs]. Arrays are handed out without a copy and not to be changed.
 */
final class MiniLmWeights {

  /*
   * The exporter folds the transposition of a matrix into the matrix and calls the result
   * "onnx::MatMul_787". Biases keep their names, so a matrix is named by the bias that is added to
   * its product: Add("….query.bias", MatMul(x, "onnx::MatMul_787")) makes it "….query.weight".
   */
  private static final String CLASSPATH = "classpath:";
  private static final String BIAS = ".bias";
  private static final String WEIGHT = ".weight";
  private static final String INNER_BIAS = "encoder.layer.0.intermediate.dense.bias";

  /** Every MiniLM of this family cuts its vectors into heads of 32; the file does not say so. */
  private static final int HEAD_SIZE = 32;

  private final Map<String, float[]> values;
  private final Map<String, long[]> shapes;
  private final EncoderShape shape;

  /** Joins values and their shapes, by name. */
  MiniLmWeights(EncoderShape shape, Map<String, float[]> values, Map<String, long[]> shapes) {
    this.shape = shape;
    this.values = new TreeMap<>(values);
    this.shapes = new TreeMap<>(shapes);
  }

  /**
   * Reads the model of a bundle's encoder.
   *
   * @throws BundleException if it is not on the class path or no BERT encoder
   */
  static MiniLmWeights read(EncoderReference encoder) {
    try (InputStream in = open(encoder.model())) {
      return of(encoder.model(), ModelProto.parseFrom(in).getGraph());
    } catch (IOException e) {
      throw new BundleException(
          encoder.model() + ": expected an ONNX model, found: " + e.getMessage(), e);
    }
  }

  /** Opens a file of the class path. */
  static InputStream open(String location) throws IOException {
    InputStream in =
        location.startsWith(CLASSPATH)
            ? MiniLmWeights.class.getResourceAsStream("/" + location.substring(CLASSPATH.length()))
            : null;
    if (in == null) {
      throw new BundleException(
          "encoder: expected a resource of the class path to fine-tune, found " + location);
    }
    return in;
  }

  private static MiniLmWeights of(String model, GraphProto graph) {
    Map<String, TensorProto> tensors = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> tensors.put(tensor.getName(), tensor));
    Map<String, String> matrices = matrices(graph, tensors.keySet());
    Map<String, float[]> values = new HashMap<>();
    Map<String, long[]> shapes = new HashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber()) {
            String known = matrices.getOrDefault(name, name);
            values.put(known, floats(tensor));
            shapes.put(known, dimensions(tensor));
          }
        });
    if (!shapes.containsKey(INNER_BIAS)) {
      throw new BundleException(
          model + ": expected a BERT encoder with " + INNER_BIAS + ", found none");
    }
    int layers = 0;
    while (shapes.containsKey("encoder.layer." + layers + ".output.dense.bias")) {
      layers++;
    }
    int hidden = (int) shapes.get("encoder.layer.0.output.dense.bias")[0];
    int inner = (int) shapes.get(INNER_BIAS)[0];
    return new MiniLmWeights(
        new EncoderShape(layers, hidden / HEAD_SIZE, hidden, inner), values, shapes);
  }

  /** Telling names of matrices, by the names they have in the file. */
  private static Map<String, String> matrices(GraphProto graph, Set<String> initializers) {
    Map<String, NodeProto> products = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("MatMul") && initializers.contains(node.getInput(1))) {
        products.put(node.getOutput(0), node);
      }
    }
    Map<String, String> names = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("Add")) {
        name(node.getInputList(), products, names);
      }
    }
    return names;
  }

  private static void name(
      List<String> terms, Map<String, NodeProto> products, Map<String, String> names) {
    for (int i = 0; i < 2; i++) {
      String bias = terms.get(i);
      NodeProto product = products.get(terms.get(1 - i));
      if (bias.endsWith(BIAS) && product != null) {
        String stem = bias.substring(0, bias.length() - BIAS.length());
        names.put(product.getInput(1), stem + WEIGHT);
      }
    }
  }

  private static float[] floats(TensorProto tensor) {
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static long[] dimensions(TensorProto tensor) {
    return tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
  }

  EncoderShape shape() {
    return shape;
  }

  Set<String> names() {
    return values.keySet();
  }

  /** Values of a parameter, row by row. */
  float[] values(String name) {
    return values.get(name);
  }

  /** Sizes of a parameter's axes. */
  long[] dimensions(String name) {
    return shapes.get(name);
  }
}
