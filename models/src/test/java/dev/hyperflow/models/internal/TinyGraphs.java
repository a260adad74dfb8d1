package dev.hyperflow.models.internal;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/**
 * Hand-made models that meet the contract, or break it in one way. The start is the prototype head,
 * the end is twice the start plus whatever is asked for.
 */
public final class TinyGraphs {

  static final int STEPS = 2;

  private static final String HEAD_SHAPE = "B N C";

  /** Losses and norms of a trajectory that improves. */
  private static final float[] IMPROVING = {3f, 2f, 2f, 1.5f, 1f, 1f};

  /** Losses and norms of a trajectory that improves. */
  public static float[] improving() {
    return IMPROVING.clone();
  }

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
  private float mostLabels = 1e6f;

  private TinyGraphs() {}

  /** A drift that pulls towards zero. */
  public static byte[] drift() {
    TinyGraphs g = new TinyGraphs();
    g.input("head", HEAD_SHAPE)
        .input("t", "B")
        .input("support", "B M D")
        .input("membership", "B M N")
        .input("label_mask", "B N")
        .node("Neg", "drift", "head")
        .output("drift", HEAD_SHAPE);
    return g.model();
  }

  /** Meets the contract. */
  public static byte[] integrate() {
    return integrate("zero", IMPROVING);
  }

  /** As {@link #integrate(String, float[])}, of a trajectory that improves. */
  public static byte[] integrate(String displacement) {
    return integrate(displacement, IMPROVING);
  }

  /**
   * The end is displaced by a value of {@link #prototypes()}: zero, opposite, count, batch, random
   * or infinite.
   */
  public static byte[] integrate(String displacement, float[] trace) {
    TinyGraphs g = prototypes();
    if (displacement.equals("random")) {
      g.node("RandomNormalLike", "random", "initial_head");
    }
    return g.node("Add", "head", "doubled", displacement)
        .trace(trace)
        .output("head", HEAD_SHAPE)
        .output("initial_head", HEAD_SHAPE)
        .output("trace", "B 3 2")
        .model();
  }

  /** Meets the contract up to so many labels; beyond, the trajectory is not a number. */
  public static byte[] integrateUpTo(int labels) {
    TinyGraphs g = prototypes();
    g.mostLabels = labels;
    return g.node("Identity", "head", "doubled")
        .trace(IMPROVING)
        .output("head", HEAD_SHAPE)
        .output("initial_head", HEAD_SHAPE)
        .output("trace", "B 3 2")
        .model();
  }

  /** Calls the adapted head something else. */
  public static byte[] integrateWithWrongOutput() {
    return prototypes()
        .node("Identity", "adapted", "doubled")
        .trace(IMPROVING)
        .output("adapted", HEAD_SHAPE)
        .output("initial_head", HEAD_SHAPE)
        .output("trace", "B 3 2")
        .model();
  }

  /** Takes features of one length only. */
  public static byte[] integrateOfDimension(int dimension) {
    byte[] any = integrate();
    try {
      ModelProto.Builder model = ModelProto.parseFrom(any).toBuilder();
      model
          .getGraphBuilder()
          .getInputBuilder(0)
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .getShapeBuilder()
          .getDimBuilder(2)
          .setDimValue(dimension);
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static TinyGraphs prototypes() {
    TinyGraphs g = new TinyGraphs();
    g.input("support", "B M D").input("membership", "B M N").input("label_mask", "B N");
    g.constant("small", new float[] {1e-6f}, 1)
        .constant("two", new float[] {2f}, 1)
        .constant("nothing", new float[] {0f}, 1)
        .constant("huge", new float[] {Float.MAX_VALUE}, 1)
        .indices("last", 2)
        .indices("middle", 1)
        .indices("all", 0, 1, 2);
    g.graph.addNode(
        op("Transpose", "by_label", "membership")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("perm")
                    .setType(AttributeProto.AttributeType.INTS)
                    .addInts(0)
                    .addInts(2)
                    .addInts(1)));
    g.node("MatMul", "sums", "by_label", "support")
        .node("ReduceSum", "counts", "by_label", "last")
        .node("Max", "divisors", "counts", "small")
        .node("Div", "means", "sums", "divisors")
        .node("Mul", "bias", "counts", "nothing");
    g.graph.addNode(
        op("Concat", "initial_head", "means", "bias")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("axis")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(2)));
    g.node("Mul", "doubled", "initial_head", "two")
        .node("Mul", "zero", "initial_head", "nothing")
        // Turns the end away from the examples.
        .constant("minus_four", new float[] {-4f}, 1)
        .node("Mul", "opposite", "initial_head", "minus_four")
        // How many rows of support there are, padding included.
        .node("Shape", "shape", "support");
    g.graph.addNode(cast("shape", "shape_float"));
    g.node("Gather", "count", "shape_float", "middle")
        // A sum over the batch: depends on the neighbours.
        .node("ReduceSum", "batch", "sums", "all")
        .node("Mul", "infinite", "huge", "huge");
    return g;
  }

  private TinyGraphs trace(float[] trace) {
    constant("trace_values", trace, 1, trace.length / 2, 2);
    node("ReduceSum", "mask_sum", "label_mask", "middle");
    indices("trace_shape", -1, 1, 1);
    node("Reshape", "mask_column", "mask_sum", "trace_shape");
    constant("most_labels", new float[] {mostLabels}, 1);
    node("Sub", "labels_left", "most_labels", "mask_column");
    node("Sqrt", "root", "labels_left"); // not a number if there are too many
    node("Mul", "mask_zero", "root", "nothing");
    return node("Add", "trace", "mask_zero", "trace_values");
  }

  private static NodeProto.Builder cast(String from, String to) {
    return op("Cast", to, from)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(TensorProto.DataType.FLOAT.getNumber()));
  }

  private static NodeProto.Builder op(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private TinyGraphs node(String type, String output, String... inputs) {
    graph.addNode(op(type, output, inputs));
    return this;
  }

  private TinyGraphs constant(String name, float[] values, long... dims) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (float value : values) {
      tensor.addFloatData(value);
    }
    for (long dim : dims) {
      tensor.addDims(dim);
    }
    graph.addInitializer(tensor);
    return this;
  }

  private TinyGraphs indices(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  private TinyGraphs input(String name, String axes) {
    graph.addInput(value(name, axes));
    return this;
  }

  private TinyGraphs output(String name, String axes) {
    graph.addOutput(value(name, axes));
    return this;
  }

  private static ValueInfoProto value(String name, String axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes.split(" ", -1)) {
      TensorShapeProto.Dimension.Builder dim = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          Character.isDigit(axis.charAt(0))
              ? dim.setDimValue(Long.parseLong(axis))
              : dim.setDimParam(axis));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  private byte[] model() {
    return ModelProto.newBuilder()
        .setIrVersion(10)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(21))
        .setGraph(graph)
        .build()
        .toByteArray();
  }
}
