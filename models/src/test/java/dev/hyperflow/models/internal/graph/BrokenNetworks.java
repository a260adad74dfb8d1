package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;

import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.util.List;
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

  /** Follows the first example. */
  public static byte[] ledByTheFirstExample() {
    return emit(
        g -> {
          String first = g.slice("support", g.longs(0), g.longs(1), 1);
          String widened = g.op("Pad", first, g.longs(0, 0, 0, 0, 0, 1));
          return g.op("Mul", g.op("Add", g.op("Mul", "head", g.scalar(0f)), widened), mask(g));
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

  /** Averages over all rows, those of padding included. */
  public static byte[] averagingOverPadding() {
    return emit(
        g -> {
          String mean = g.op("ReduceMean", "support", g.longs(1));
          return g.op(
              "Mul", g.op("Add", "head", g.op("Pad", mean, g.longs(0, 0, 0, 0, 0, 1))), mask(g));
        });
  }

  private static String mask(OnnxGraph g) {
    return g.op("Unsqueeze", "label_mask", g.longs(2));
  }

  private static byte[] emit(Function<OnnxGraph, String> formula) {
    OnnxGraph g = DriftNetworks.inputs();
    g.output(g.named("drift", formula.apply(g)), FLOAT, "B", "N", "C");
    return OnnxGraph.model(g.build(), OnnxGraph.OPSETS).toByteArray();
  }
}
