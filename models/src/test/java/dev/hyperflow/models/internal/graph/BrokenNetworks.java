package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Drift networks for other packages' tests: one that keeps every law, others that break one. */
public final class BrokenNetworks {

  private BrokenNetworks() {}

  /** Keeps every law. */
  public static byte[] sound() {
    return emit(g -> g.op("Mul", "head", g.scalar(0.25f)));
  }

  /** Of an operator set that is not taken. */
  public static byte[] ofAnOldOperatorSet() {
    OnnxGraph g = DriftNetworks.inputs();
    g.output(g.named("drift", g.op("Neg", "head")), FLOAT, "B", "N", "C");
    return OnnxGraph.model(
            g.build(), List.of(OperatorSetIdProto.newBuilder().setVersion(17).build()))
        .toByteArray();
  }

  /** Grows heads at a pace that the first feature of the first example sets. */
  public static byte[] ledByTheFirstExample() {
    return emit(
        g -> {
          String first = g.slice("support", g.longs(0), g.longs(1), 1);
          String feature = g.slice(first, g.longs(0), g.longs(1), 2);
          String pace = g.op("Add", g.op("Tanh", feature), g.scalar(1.5f));
          return g.op("Mul", "head", pace);
        });
  }

  /** Moves the first label only. */
  public static byte[] partialToTheFirstLabel() {
    return emit(
        g -> {
          String place = g.op("CumSum", "label_mask", g.index(1));
          String first = g.cast(g.op("Equal", place, g.scalar(1f)), FLOAT);
          return g.op("Mul", "head", g.op("Unsqueeze", first, g.longs(2)));
        });
  }

  /** Divides by the length of the examples. */
  public static byte[] dividingByTheExamples() {
    return emit(
        g -> {
          String squares = g.op("ReduceSumSquare", "support", g.longs(1, 2));
          return g.op("Div", "head", squares);
        });
  }

  /** Grows heads by the number of rows, those of padding included. */
  public static byte[] countingPadding() {
    return emit(
        g -> {
          String rows = g.cast(g.size("support", 1), FLOAT);
          return g.op("Mul", "head", g.op("Div", rows, g.scalar(100f)));
        });
  }

  /** Adds up the whole batch. */
  public static byte[] summingOverTheBatch() {
    return emit(
        g -> {
          String sum = g.op("ReduceSum", "membership", g.longs(0, 1, 2));
          return g.op("Mul", "head", g.op("Div", sum, g.scalar(1000f)));
        });
  }

  /** Is finite at the start, and infinite from the middle of a flow of length 1 on. */
  public static byte[] explodingLate() {
    return emit(
        g -> {
          String late = g.op("Greater", "t", g.scalar(0.6f));
          String growth = g.op("Where", late, g.scalar(Float.POSITIVE_INFINITY), g.scalar(0.25f));
          return g.op("Mul", "head", g.op("Unsqueeze", growth, g.longs(1, 2)));
        });
  }

  /** Ends by turning heads around where the examples weigh far more than ordinary ones. */
  public static byte[] turningHeavyTasksAround() {
    return emit(
        g -> {
          String weight = g.op("ReduceSum", "membership", g.longs(1, 2));
          String heavy = g.op("Greater", weight, g.scalar(1000f));
          String late = g.op("Unsqueeze", g.op("Greater", "t", g.scalar(0.6f)), g.longs(1, 2));
          String turns = g.op("And", heavy, late);
          return g.op("Mul", "head", g.op("Where", turns, g.scalar(-9f), g.scalar(0.25f)));
        });
  }

  /** An {@code integrate.onnx} that takes the end of a trajectory, however bad it is. */
  public static byte[] withoutSafeguard(byte[] integrate) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(integrate).toBuilder();
      Map<String, NodeProto> makers = new HashMap<>();
      model.getGraph().getNodeList().forEach(node -> makers.put(node.getOutput(0), node));
      for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
        if (node.getOutput(0).equals(IntegrateGraph.HEAD)) {
          NodeProto choice = makers.get(node.getInput(0)); // Where(sound, end, best)
          node.setInput(0, choice.getInput(1));
        }
      }
      return model.build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] emit(Function<OnnxGraph, String> formula) {
    OnnxGraph g = DriftNetworks.inputs();
    g.output(g.named("drift", formula.apply(g)), FLOAT, "B", "N", "C");
    return OnnxGraph.model(g.build(), OnnxGraph.OPSETS).toByteArray();
  }
}
