package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT8;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.UINT8;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The graph of an encoder, to be written again with products of whole numbers. Immutable.
 *
 * <p>An <em>activation</em> is what products with constant matrices take. Behind a layer
 * normalisation it is the normalised row before gain and shift, which move into matrix and bias.
 */
public final class Int8EncoderGraph {

  /*
   * MatMulIntegerToFloat multiplies bytes, and turns sums into floats by the steps of activation and
   * column, with the bias. All steps are constants, and a row of a product depends on that row
   * alone, so a text's bits depend neither on its neighbours nor on the batch.
   *
   * ONNX Runtime's layer normalisation on processors adds number by number; its instance
   * normalisation does the same by vectors, eight times as fast. Rows are its channels.
   */

  private static final String PREFIX = "int8/";

  private final ModelProto model;
  private final Set<String> kept;
  private final Map<String, Linear> linears = new HashMap<>();
  private final Map<String, LayerNorm> norms = new HashMap<>();
  private final Map<String, List<Linear>> readers = new LinkedHashMap<>();

  private Int8EncoderGraph(String name, ModelProto model, Set<String> kept) {
    this.model = model;
    this.kept = Set.copyOf(kept);
    List<NodeProto> nodes = model.getGraph().getNodeList();
    GraphIndex index = new GraphIndex(model.getGraph());
    for (NodeProto node : nodes) {
      LayerNorm.endingIn(node, index).ifPresent(norm -> norms.put(node.getOutput(0), norm));
    }
    for (Linear linear : Linear.of(name, nodes, index)) {
      linears.put(linear.last().getOutput(0), linear);
      readers.computeIfAbsent(linear.input(), value -> new ArrayList<>()).add(linear);
    }
  }

  /**
   * Reads a model.
   *
   * @param name what messages call it
   * @param model the ONNX bytes
   * @param kept inner values that somebody will ask for
   * @throws IllegalArgumentException if it is no ONNX model, or multiplies by no constant matrix
   */
  public static Int8EncoderGraph of(String name, ByteBuffer model, Set<String> kept) {
    return new Int8EncoderGraph(name, GraphIndex.parse(name, model), kept);
  }

  /** The activations, by the names of their values in {@link #observable()}. */
  public List<String> activations() {
    return readers.keySet().stream().map(this::activation).toList();
  }

  private String activation(String value) {
    return norms.containsKey(value) ? normalised(value) : value;
  }

  private static String normalised(String value) {
    return PREFIX + "normalised" + value;
  }

  /**
   * How much each column of an activation matters: the sum of squares of the weights that multiply
   * it.
   */
  public double[] importance(String activation) {
    for (Map.Entry<String, List<Linear>> entry : readers.entrySet()) {
      if (activation(entry.getKey()).equals(activation)) {
        double[] sums = new double[entry.getValue().get(0).inputs()];
        for (Linear linear : entry.getValue()) {
          float[] weights = weights(linear);
          for (int i = 0; i < weights.length; i++) {
            sums[i / linear.outputs()] += (double) weights[i] * weights[i];
          }
        }
        return sums;
      }
    }
    throw new IllegalArgumentException(
        "activation: expected one of the graph, found " + activation);
  }

  /** The model in floats, with the activations among its outputs; a direct buffer. */
  public ByteBuffer observable() {
    Writer writer = new Writer(Map.of());
    List<ValueInfoProto> outputs = activations().stream().map(InnerValue::declaration).toList();
    byte[] bytes = writer.write(outputs);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  /**
   * The model with products of bytes.
   *
   * @param grids by activation; a product whose activation has none stays as it is
   * @return the ONNX bytes. The same call gives the same bytes
   */
  public byte[] quantised(Map<String, Grid> grids) {
    return new Writer(grids).write(List.of());
  }

  /** The matrix, its rows multiplied by the gain of the normalisation before. */
  private float[] weights(Linear linear) {
    float[] weights = GraphIndex.numbers(linear.weight());
    LayerNorm norm = norms.get(linear.input());
    if (norm != null) {
      float[] gain = GraphIndex.numbers(norm.gain());
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= gain[i / linear.outputs()];
      }
    }
    return weights;
  }

  /** The bias, with what the shift of the normalisation before adds to each sum. */
  private float[] bias(Linear linear) {
    int outputs = linear.outputs();
    double[] sums = new double[outputs];
    linear
        .bias()
        .ifPresent(
            tensor -> {
              float[] own = GraphIndex.numbers(tensor);
              for (int n = 0; n < outputs; n++) {
                sums[n] = own[n];
              }
            });
    LayerNorm norm = norms.get(linear.input());
    if (norm != null) {
      float[] shift = GraphIndex.numbers(norm.shift());
      float[] weights = GraphIndex.numbers(linear.weight());
      for (int i = 0; i < weights.length; i++) {
        sums[i % outputs] += (double) shift[i / outputs] * weights[i];
      }
    }
    float[] bias = new float[outputs];
    for (int n = 0; n < outputs; n++) {
      bias[n] = (float) sums[n];
    }
    return bias;
  }

  private final class Writer {
    private final OnnxGraph g = new OnnxGraph(model.getGraph().getName(), PREFIX);
    private final Map<String, Grid> grids;
    private final Map<String, String[]> levels = new HashMap<>();
    private String ones;
    private String zeros;

    Writer(Map<String, Grid> grids) {
      this.grids = grids;
    }

    byte[] write(List<ValueInfoProto> outputs) {
      GraphProto old = model.getGraph();
      for (NodeProto node : old.getNodeList()) {
        String made = node.getOutput(0);
        Linear linear = linears.get(made);
        if (norms.containsKey(made)) {
          addNorm(norms.get(made));
        } else if (linear != null && grids.containsKey(activation(linear.input()))) {
          addProduct(linear);
        } else {
          g.add(node);
        }
      }
      old.getInitializerList().forEach(g::add);
      GraphProto graph =
          g.build().toBuilder()
              .addAllInput(old.getInputList())
              .addAllOutput(old.getOutputList())
              .addAllOutput(outputs)
              .build();
      return OnnxGraph.model(GraphIndex.used(graph, kept), model.getOpsetImportList())
          .toByteArray();
    }

    private void addNorm(LayerNorm norm) {
      if (ones == null) {
        // A gain of 1 and a shift of 0 for each token.
        String tokens = g.slice(g.op("Shape", norm.input()), g.longs(1), g.longs(2), 0);
        ones = g.op("ConstantOfShape", List.of(tensor("value", 1f)), tokens);
        zeros = g.op("ConstantOfShape", List.of(tensor("value", 0f)), tokens);
      }
      String value = norm.last().getOutput(0);
      g.add(
          NodeProto.newBuilder()
              .setOpType("InstanceNormalization")
              .setName(normalised(value))
              .addAllInput(List.of(norm.input(), ones, zeros))
              .addOutput(normalised(value))
              .addAttribute(
                  AttributeProto.newBuilder()
                      .setName("epsilon")
                      .setType(AttributeProto.AttributeType.FLOAT)
                      .setF(norm.epsilon()))
              .build());
      String scaled = g.op("Mul", normalised(value), constant(norm.gain()));
      g.add(
          NodeProto.newBuilder()
              .setOpType("Add")
              .setName(norm.last().getName())
              .addAllInput(List.of(scaled, constant(norm.shift())))
              .addOutput(value)
              .build());
    }

    /** A constant under a name of its own: the old one may be the output of a node. */
    private String constant(TensorProto tensor) {
      return g.floats(GraphIndex.numbers(tensor), tensor.getDims(0));
    }

    private void addProduct(Linear linear) {
      String[] activation = levels.computeIfAbsent(activation(linear.input()), this::addLevels);
      Int8Matrix matrix = Int8Matrix.of(weights(linear), linear.outputs());
      String product =
          g.runtimeOp(
              "MatMulIntegerToFloat",
              activation[0],
              g.bytes(INT8, matrix.levels(), linear.inputs(), linear.outputs()),
              activation[1],
              g.floats(matrix.steps(), linear.outputs()),
              activation[2],
              "",
              g.floats(bias(linear), linear.outputs()));
      g.named(linear.last().getOutput(0), product);
    }

    /** Rounds an activation; returns the names of its levels, its step and its zero. */
    private String[] addLevels(String activation) {
      Grid grid = grids.get(activation);
      String step = g.scalar(grid.step());
      String zero = g.bytes(UINT8, new byte[] {(byte) grid.zero()});
      return new String[] {g.op("QuantizeLinear", activation, step, zero), step, zero};
    }

    private AttributeProto tensor(String attribute, float value) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.putFloat(value).flip();
      return AttributeProto.newBuilder()
          .setName(attribute)
          .setType(AttributeProto.AttributeType.TENSOR)
          .setT(
              TensorProto.newBuilder()
                  .setDataType(FLOAT.getNumber())
                  .addDims(1)
                  .setRawData(ByteString.copyFrom(bytes)))
          .build();
    }
  }
}
