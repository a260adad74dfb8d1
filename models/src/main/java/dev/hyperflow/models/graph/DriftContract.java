package dev.hyperflow.models.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a drift network must look like from outside, wherever it was trained.
 *
 * <table>
 *   <caption>Inputs and output, all float</caption>
 *   <tr><td>{@code head}</td><td>[B,N,D+1]</td><td>weights, bias last</td></tr>
 *   <tr><td>{@code t}</td><td>[B]</td><td>flow time</td></tr>
 *   <tr><td>{@code support}</td><td>[B,M,D]</td><td>features</td></tr>
 *   <tr><td>{@code membership}</td><td>[B,M,N]</td><td>one-hot label times example weight; a zero
 *       row is padding</td></tr>
 *   <tr><td>{@code label_mask}</td><td>[B,N]</td><td>1 for a label, 0 for padding</td></tr>
 *   <tr><td>{@code drift}</td><td>[B,N,D+1]</td><td>d(head)/dt</td></tr>
 * </table>
 */
public final class DriftContract {

  /** Input: the head. */
  public static final String HEAD = "head";

  /** Input: flow time. */
  public static final String TIME = "t";

  /** Input: features of the support set. */
  public static final String SUPPORT = "support";

  /** Input: weighted one-hot labels of the support set. */
  public static final String MEMBERSHIP = "membership";

  /** Input: which labels are real. */
  public static final String LABEL_MASK = "label_mask";

  /** Output: the drift. */
  public static final String DRIFT = "drift";

  /** Oldest version of the default operator set that is taken. */
  public static final int MIN_OPSET = 18;

  /** Newest version of the default operator set that is taken. */
  public static final int MAX_OPSET = OnnxGraph.OPSET;

  private static final Map<String, Integer> INPUT_RANKS = new LinkedHashMap<>();

  private static final Map<String, Integer> OUTPUT_RANKS = Map.of(DRIFT, 3);

  private static final Set<String> RANDOM =
      Set.of(
          "Bernoulli",
          "Multinomial",
          "RandomNormal",
          "RandomNormalLike",
          "RandomUniform",
          "RandomUniformLike");

  static {
    INPUT_RANKS.put(HEAD, 3);
    INPUT_RANKS.put(TIME, 1);
    INPUT_RANKS.put(SUPPORT, 3);
    INPUT_RANKS.put(MEMBERSHIP, 3);
    INPUT_RANKS.put(LABEL_MASK, 2);
  }

  private DriftContract() {}

  /**
   * Reads and checks a drift network. Checked are names, element types, ranks, versions and that
   * the graph is self-contained and free of random numbers; shapes inside are the runtime's to
   * check.
   *
   * @param driftOnnx the content of {@code drift.onnx}
   * @return the parsed network
   * @throws IllegalArgumentException if it breaks the contract; the message is one line that says
   *     what was expected and what was found
   */
  public static ModelProto check(byte[] driftOnnx) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(driftOnnx);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(
          "drift.onnx: content: expected an ONNX model, found %d other bytes"
              .formatted(driftOnnx.length),
          e);
    }
    check(model);
    return model;
  }

  /** As {@link #check(byte[])}, on a parsed network. */
  static void check(ModelProto model) {
    require(model.hasGraph(), "graph", "one", "none");
    long ir = model.getIrVersion();
    require(ir <= OnnxGraph.IR_VERSION, "IR version", "up to " + OnnxGraph.IR_VERSION, ir);
    long opset = opset(model);
    String opsets = MIN_OPSET + " to " + MAX_OPSET;
    require(opset >= MIN_OPSET && opset <= MAX_OPSET, "opset", opsets, opset);
    int functions = model.getFunctionsCount();
    require(functions == 0, "model-local functions", "none (inline them)", functions);
    checkDeclarations("input", INPUT_RANKS, model.getGraph().getInputList());
    checkDeclarations("output", OUTPUT_RANKS, model.getGraph().getOutputList());
    for (TensorProto constant : model.getGraph().getInitializerList()) {
      String name = constant.getName();
      require(!INPUT_RANKS.containsKey(name), "input " + name, "no default", "an initializer");
    }
    checkInside(model.getGraph());
  }

  /** Version of the default operator set a model imports; 0 if it imports none. */
  static long opset(ModelProto model) {
    for (OperatorSetIdProto opset : model.getOpsetImportList()) {
      if (opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx")) {
        return opset.getVersion();
      }
    }
    return 0;
  }

  private static void checkDeclarations(
      String kind, Map<String, Integer> ranks, List<ValueInfoProto> declared) {
    Map<String, TypeProto> types = new LinkedHashMap<>();
    declared.forEach(value -> types.put(value.getName(), value.getType()));
    require(
        types.keySet().equals(ranks.keySet()),
        kind + "s",
        new TreeSet<>(ranks.keySet()),
        new TreeSet<>(types.keySet()));
    ranks.forEach(
        (name, rank) -> {
          String expected = "float of rank " + rank;
          String found = describe(types.get(name));
          require(found.equals(expected), kind + " " + name, expected, found);
        });
  }

  private static String describe(TypeProto type) {
    if (!type.hasTensorType()) {
      return "no tensor";
    }
    TypeProto.Tensor tensor = type.getTensorType();
    TensorProto.DataType element = TensorProto.DataType.forNumber(tensor.getElemType());
    String elements = element == null ? "unknown type" : element.name().toLowerCase(Locale.ROOT);
    return tensor.hasShape()
        ? elements + " of rank " + tensor.getShape().getDimCount()
        : elements + " of unknown rank";
  }

  private static void checkInside(GraphProto graph) {
    int sparse = graph.getSparseInitializerCount();
    require(sparse == 0, "sparse initializers", "none", sparse);
    graph.getInitializerList().forEach(DriftContract::checkData);
    for (NodeProto node : graph.getNodeList()) {
      require(!RANDOM.contains(node.getOpType()), "operators", "no random ones", node.getOpType());
      for (AttributeProto attribute : node.getAttributeList()) {
        require(!attribute.hasSparseTensor(), "constants", "dense ones", "a sparse one");
        checkData(attribute.getT());
        attribute.getTensorsList().forEach(DriftContract::checkData);
        Subgraphs.of(attribute).forEach(DriftContract::checkInside);
      }
    }
  }

  private static void checkData(TensorProto tensor) {
    boolean external = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL;
    require(!external, "data of " + tensor.getName(), "inside the file", "external data");
  }

  private static void require(boolean condition, String what, Object expected, Object found) {
    if (!condition) {
      throw new IllegalArgumentException(
          "drift.onnx: %s: expected %s, found %s".formatted(what, expected, found));
    }
  }
}
