package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import java.util.List;

/**
 * Small drift networks that meet the contract, each with something for the surgery to get right.
 */
enum DriftNetworks {
  /** dW = (Yᵀ X Xᵀ X − W) / 8: a linear pull, with invariant products. */
  RESIDUAL {
    @Override
    String formula(OnnxGraph g) {
      String gram = g.op("MatMul", "support", g.transpose("support"));
      String pull = g.op("MatMul", g.transpose("membership"), g.op("MatMul", gram, "support"));
      String direction = g.op("Sub", pull, weights(g));
      return withBias(g, g.op("Mul", direction, g.scalar(0.125f)));
    }
  },
  /** A drift that dies out with t, which is the only thing besides the head that moves. */
  TIMED {
    @Override
    String formula(OnnxGraph g) {
      String decay = g.op("Exp", g.op("Neg", "t"));
      return g.op("Mul", g.op("Unsqueeze", decay, g.longs(1, 2)), "head");
    }
  },
  /** A conditional whose branches capture the head, an invariant and t. */
  CONDITIONAL {
    @Override
    String formula(OnnxGraph g) {
      String means = g.op("MatMul", g.transpose("membership"), "support");
      String invariant = withBias(g, means);
      OnnxGraph early = new OnnxGraph("early", "");
      early.output(early.named("grown", early.op("Sub", invariant, "head")), FLOAT, "B", "N", "C");
      OnnxGraph late = new OnnxGraph("late", "");
      late.output(late.named("shrunk", late.op("Neg", "head")), FLOAT, "B", "N", "C");
      String isLate = g.op("Greater", g.op("Gather", "t", g.index(0)), g.scalar(0.5f));
      return g.op(
          "If",
          List.of(attribute("then_branch", late.build()), attribute("else_branch", early.build())),
          isLate);
    }
  },
  /** A loop whose body captures the head only; the names inside shadow nothing outside. */
  ITERATED {
    @Override
    String formula(OnnxGraph g) {
      OnnxGraph body = new OnnxGraph("halve", "inner_");
      body.input("i", INT64);
      String condition = body.input("go", BOOL);
      String state = body.input("state", FLOAT, "B", "N", "C");
      String next = body.op("Mul", body.op("Sub", state, "head"), body.scalar(0.5f));
      body.output(body.op("Identity", condition), BOOL);
      body.output(next, FLOAT, "B", "N", "C");
      String start = withBias(g, g.op("MatMul", g.transpose("membership"), "support"));
      return g.op("Loop", List.of(attribute("body", body.build())), g.index(3), "", start);
    }
  },
  /** Constant in head and t: everything is hoisted. */
  CONSTANT {
    @Override
    String formula(OnnxGraph g) {
      return withBias(g, g.op("MatMul", g.transpose("membership"), "support"));
    }
  },
  /** Nothing to hoist. */
  MOVING {
    @Override
    String formula(OnnxGraph g) {
      return g.op("Mul", g.op("Tanh", "head"), g.scalar(-0.5f));
    }
  },
  /** Explodes in tasks of total weight above 100, shrinks in others. */
  EXPLODING {
    @Override
    String formula(OnnxGraph g) {
      String weight = g.op("ReduceSum", "membership", g.longs(1, 2));
      String heavy = g.op("Greater", weight, g.scalar(100f));
      return g.op("Mul", "head", g.op("Where", heavy, g.scalar(-1e20f), g.scalar(1f)));
    }
  },
  /** Grows the head up to t = 0.5, then turns it around. */
  OVERSHOOTING {
    @Override
    String formula(OnnxGraph g) {
      String late = g.op("GreaterOrEqual", "t", g.scalar(0.5f));
      String factor = g.op("Where", late, g.scalar(-9f), g.scalar(1f));
      return g.op("Mul", "head", g.op("Unsqueeze", factor, g.longs(1, 2)));
    }
  };

  abstract String formula(OnnxGraph g);

  byte[] emit() {
    OnnxGraph g = inputs();
    g.output(g.named("drift", formula(g)), FLOAT, "B", "N", "C");
    return OnnxGraph.model(g.build(), OnnxGraph.OPSETS).toByteArray();
  }

  /** A graph with the inputs of the contract. */
  static OnnxGraph inputs() {
    OnnxGraph g = new OnnxGraph("drift", "");
    g.input("head", FLOAT, "B", "N", "C");
    g.input("t", FLOAT, "B");
    g.input("support", FLOAT, "B", "M", "D");
    g.input("membership", FLOAT, "B", "M", "N");
    g.input("label_mask", FLOAT, "B", "N");
    return g;
  }

  private static String weights(OnnxGraph g) {
    return g.slice("head", g.longs(0), g.longs(-1), 2);
  }

  /** Appends a column of zeros. */
  private static String withBias(OnnxGraph g, String weights) {
    return g.op("Pad", weights, g.longs(0, 0, 0, 0, 0, 1));
  }
}
