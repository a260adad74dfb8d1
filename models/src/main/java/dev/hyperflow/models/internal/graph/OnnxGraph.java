package dev.hyperflow.models.internal.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an ONNX graph node by node. A value is handed around as its name; every method that adds a
 * node returns the name of the node's (first) output. Not safe for use by several threads.
 */
public final class OnnxGraph {

  /*
   * Names are a prefix, the operator and a running number, so the same calls give the same bytes,
   * and graphs with different prefixes can be nested or merged. Constants are initializers of the
   * graph they are asked from; a sub-graph may also use any value of the graphs around it.
   */

  /** Version of the default operator set that is emitted. */
  static final int OPSET = 21;

  /** Version of the file format that goes with {@link #OPSET}. */
  static final int IR_VERSION = 10;

  /** ONNX Runtime's operators beyond the standard, in all builds for processors and CUDA. */
  private static final OperatorSetIdProto RUNTIME =
      OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1).build();

  /** The operator sets that this class emits nodes of. */
  static final List<OperatorSetIdProto> OPSETS =
      List.of(OperatorSetIdProto.newBuilder().setVersion(OPSET).build());

  private final String prefix;
  private final GraphProto.Builder graph;
  private int names;

  OnnxGraph(String name, String prefix) {
    this.prefix = prefix;
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /** What the names of this graph's values start with. */
  String prefix() {
    return prefix;
  }

  /** Declares an input; a dimension is a number or a symbol. */
  String input(String name, TensorProto.DataType type, Object... dimensions) {
    graph.addInput(declaration(name, type, dimensions));
    return name;
  }

  /** Declares that a value of this graph is an output. */
  void output(String name, TensorProto.DataType type, Object... dimensions) {
    graph.addOutput(declaration(name, type, dimensions));
  }

  /** Gives a value a name of the caller's choice. */
  String named(String name, String value) {
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
    return name;
  }

  /** Adds a node without attributes; an empty name leaves an optional input out. */
  public String op(String type, String... inputs) {
    return op(type, List.of(), inputs);
  }

  /** Adds a node with one output. */
  String op(String type, List<AttributeProto> attributes, String... inputs) {
    return op(type, 1, attributes, inputs).get(0);
  }

  /** Adds a node; returns the names of its outputs in order. */
  List<String> op(String type, int outputs, List<AttributeProto> attributes, String... inputs) {
    NodeProto.Builder node = NodeProto.newBuilder().setOpType(type).setName(fresh(type));
    node.addAllInput(List.of(inputs)).addAllAttribute(attributes);
    for (int i = 0; i < outputs; i++) {
      node.addOutput(i == 0 ? node.getName() : node.getName() + ":" + i);
    }
    graph.addNode(node);
    return List.copyOf(node.getOutputList());
  }

  /** The elements of a value from {@code from} to before {@code to} along one axis. */
  public String slice(String value, String from, String to, long axis) {
    return op("Slice", value, from, to, longs(axis));
  }

  /** Joins values of equal shape but for one axis along that axis. */
  public String concat(long axis, String... values) {
    return op("Concat", List.of(attribute("axis", axis)), values);
  }

  /** The size of one axis of a value, as a vector of length 1. */
  public String size(String value, long axis) {
    return op("Shape", List.of(attribute("start", axis), attribute("end", axis + 1)), value);
  }

  /** The value with its last two of three axes swapped. */
  public String transpose(String value) {
    return op("Transpose", List.of(attribute("perm", List.of(0L, 2L, 1L))), value);
  }

  /** The inverses of square matrices in the last two axes, by an operator of ONNX Runtime's own. */
  String inverse(String matrices) {
    return runtimeOp("Inverse", matrices);
  }

  /** Adds a node of ONNX Runtime's own; an empty name leaves an optional input out. */
  String runtimeOp(String type, String... inputs) {
    String name = fresh(type);
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(RUNTIME.getDomain())
            .setOpType(type)
            .setName(name)
            .addAllInput(List.of(inputs))
            .addOutput(name));
    return name;
  }

  /** The value as another element type. */
  String cast(String value, TensorProto.DataType type) {
    return op("Cast", List.of(attribute("to", type.getNumber())), value);
  }

  /** The sum over one axis, which stays with size 1. */
  public String sum(String value, long axis) {
    return op("ReduceSum", value, longs(axis));
  }

  /** The sum of a float[B,n] over its last axis in index order, as float[B,1]. */
  public String orderedSum(String value) {
    return slice(op("CumSum", value, index(1)), longs(-1), longs(Long.MAX_VALUE), 1);
  }

  /** The diagonal of the last two axes of a rank, of which the last stays with size 1. */
  public String diagonal(String squares, int rank) {
    String size = op("Squeeze", size(squares, rank - 2));
    String places = op("Range", index(0), size, index(1));
    String same = op("Equal", op("Unsqueeze", places, longs(0)), op("Unsqueeze", places, longs(1)));
    return sum(op("Where", same, squares, scalar(0f)), rank - 1);
  }

  /** Adds a node that was made elsewhere, names included. */
  void add(NodeProto node) {
    graph.addNode(node);
  }

  /** Adds a constant that was made elsewhere, name included. */
  void add(TensorProto initializer) {
    graph.addInitializer(initializer);
  }

  /** A constant float without axes. */
  public String scalar(float value) {
    return floats(new float[] {value});
  }

  /** A constant of floats; without dimensions a scalar. */
  public String floats(float[] values, long... dimensions) {
    ByteBuffer bytes = littleEndian(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return constant(TensorProto.DataType.FLOAT, bytes, dimensions);
  }

  /** A constant of the nearest halves. */
  String halves(float[] values, long... dimensions) {
    ByteBuffer bytes = littleEndian(values.length * Short.BYTES);
    for (float value : values) {
      bytes.putShort(Half.of(value));
    }
    return constant(TensorProto.DataType.FLOAT16, bytes.flip(), dimensions);
  }

  /**
   * A constant of bytes; without dimensions a scalar.
   *
   * @param type INT8 or UINT8
   */
  String bytes(TensorProto.DataType type, byte[] values, long... dimensions) {
    return constant(type, ByteBuffer.wrap(values), dimensions);
  }

  /** A constant long[n] of n values. */
  public String longs(long... values) {
    return constant(TensorProto.DataType.INT64, longBytes(values), values.length);
  }

  /** A constant long without axes, as operators take for an index or a count. */
  public String index(long value) {
    return constant(TensorProto.DataType.INT64, longBytes(value));
  }

  /** A copy of the graph so far. */
  GraphProto build() {
    return graph.build();
  }

  /**
   * A model around a graph that was built.
   *
   * @param opsets of its nodes; that of ONNX Runtime's own operators is added where it is needed
   */
  static ModelProto model(GraphProto graph, List<OperatorSetIdProto> opsets) {
    List<OperatorSetIdProto> all = new ArrayList<>(opsets);
    if (isForRuntime(graph) && !all.contains(RUNTIME)) {
      all.add(RUNTIME);
    }
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("hyperflow")
        .addAllOpsetImport(all)
        .setGraph(graph)
        .build();
  }

  private static boolean isForRuntime(GraphProto graph) {
    return graph.getNodeList().stream()
        .anyMatch(
            node ->
                node.getDomain().equals(RUNTIME.getDomain())
                    || node.getAttributeList().stream()
                        .flatMap(attribute -> Subgraphs.of(attribute).stream())
                        .anyMatch(OnnxGraph::isForRuntime));
  }

  /** An integer attribute. */
  static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute that is a list of integers. */
  static AttributeProto attribute(String name, List<Long> values) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addAllInts(values)
        .build();
  }

  /** An attribute that is a sub-graph. */
  static AttributeProto attribute(String name, GraphProto value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(value)
        .build();
  }

  private String fresh(String type) {
    return prefix + type + "_" + names++;
  }

  private String constant(TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(fresh("constant")).setDataType(type.getNumber());
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(bytes)));
    return tensor.getName();
  }

  private static ByteBuffer longBytes(long... values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    bytes.asLongBuffer().put(values);
    return bytes;
  }

  private static ByteBuffer littleEndian(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ValueInfoProto declaration(
      String name, TensorProto.DataType type, Object... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Object dimension : dimensions) {
      if (dimension instanceof Number size) {
        shape.addDimBuilder().setDimValue(size.longValue());
      } else {
        shape.addDimBuilder().setDimParam(dimension.toString());
      }
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
