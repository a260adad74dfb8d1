package dev.hyperflow.training.tensor;

import dev.hyperflow.models.internal.graph.ExampleSample;
import dev.hyperflow.models.internal.graph.OnnxGraph;
import dev.hyperflow.models.internal.graph.RidgeFactor;
import dev.hyperflow.models.internal.graph.SpdInverse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes arithmetic as nodes of an ONNX graph; a tensor is the name of a value. */
public final class OnnxTensors implements Tensors<String> {

  /*
   * The runtime takes logarithms eight at a time in vector registers, and what is left over one by
   * one, with another last bit. So the result would depend on where in a batch an entry stands.
   * Repeated sixteen times before, every entry is computed in a register.
   */
  private static final int REGISTER = 16;

  private final OnnxGraph g;
  private final ParameterSource parameters;
  private final Map<String, String> emitted = new HashMap<>();

  /**
   * Adds to a graph.
   *
   * @param g the graph
   * @param parameters values of the matrices, which become constants
   */
  public OnnxTensors(OnnxGraph g, ParameterSource parameters) {
    this.g = g;
    this.parameters = parameters;
  }

  @Override
  public String scalar(float value) {
    return emitted.computeIfAbsent("scalar " + value, any -> g.scalar(value));
  }

  @Override
  public String parameter(String name) {
    return emitted.computeIfAbsent(
        "parameter " + name,
        any -> g.floats(parameters.values(name), parameters.rows(name), parameters.columns(name)));
  }

  @Override
  public String add(String a, String b) {
    return g.op("Add", a, b);
  }

  @Override
  public String sub(String a, String b) {
    return g.op("Sub", a, b);
  }

  @Override
  public String mul(String a, String b) {
    return g.op("Mul", a, b);
  }

  @Override
  public String div(String a, String b) {
    return g.op("Div", a, b);
  }

  @Override
  public String max(String a, String b) {
    return g.op("Max", a, b);
  }

  @Override
  public String min(String a, String b) {
    return g.op("Min", a, b);
  }

  @Override
  public String exp(String a) {
    return g.op("Exp", a);
  }

  @Override
  public String log(String a) {
    String shape = g.concat(0, g.op("Shape", a), g.longs(REGISTER));
    String repeated = g.op("Expand", g.op("Unsqueeze", a, g.longs(-1)), shape);
    String first = g.slice(g.op("Log", repeated), g.longs(0), g.longs(1), -1);
    return g.op("Squeeze", first, g.longs(-1));
  }

  @Override
  public String sqrt(String a) {
    return g.op("Sqrt", a);
  }

  @Override
  public String tanh(String a) {
    return g.op("Tanh", a);
  }

  @Override
  public String sigmoid(String a) {
    return g.op("Sigmoid", a);
  }

  @Override
  public String softmax(String a) {
    return g.op("Softmax", a);
  }

  @Override
  public String logSoftmax(String a) {
    return g.op("LogSoftmax", a);
  }

  @Override
  public String greater(String a, String b) {
    return g.op("Greater", a, b);
  }

  @Override
  public String where(String condition, String yes, String no) {
    return g.op("Where", condition, yes, no);
  }

  @Override
  public String matmul(String a, String b) {
    return g.op("MatMul", a, b);
  }

  @Override
  public String transpose(String a) {
    return g.transpose(a);
  }

  @Override
  public String sum(String a, int axis) {
    return g.sum(a, axis);
  }

  @Override
  public String orderedSum(String a, int axis) {
    return last(g.op("CumSum", a, g.index(axis)), axis);
  }

  @Override
  public String largest(String a, int axis) {
    return g.op("ReduceMax", a, g.longs(axis));
  }

  @Override
  public String slice(String a, int axis, int from, int to) {
    return g.slice(a, g.longs(from), g.longs(to), axis);
  }

  @Override
  public String last(String a, int axis) {
    return g.slice(a, g.longs(-1), g.longs(Long.MAX_VALUE), axis);
  }

  @Override
  public String withoutLast(String a, int axis) {
    return g.slice(a, g.longs(0), g.longs(-1), axis);
  }

  @Override
  public String concat(int axis, List<String> parts) {
    return g.concat(axis, parts.toArray(String[]::new));
  }

  @Override
  public String pick(String values, String membership, int max) {
    return new ExampleSample(g, membership, max).pick(values);
  }

  @Override
  public String inverse(String products, String ridge) {
    return SpdInverse.emit(g, products, ridge);
  }

  @Override
  public String diagonal(String squares) {
    return g.diagonal(squares, 3);
  }

  @Override
  public Ridge<String> ridge(String design, String curvature, String ridge) {
    return new RidgeFactor(g, design, curvature, ridge)::times;
  }
}
