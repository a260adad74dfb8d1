package dev.hyperflow.models.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;

/** Emits the Euler loop around a drift, with its trace and its safeguard. */
final class EulerLoop {

  /*
   * The loop runs S + 1 turns. Turn k looks at point k: it evaluates the drift and the support
   * loss, and keeps the head if it is the best so far; then it takes the step, except at the last
   * point. The one drift evaluation beyond S is for the trace: it shows whether the flow has come
   * to rest.
   *
   * Sums over labels or examples are running sums, which zeros at the end leave alone to the last
   * bit; a reduction would add in another order. What the safeguard decides must not depend on
   * padding.
   */

  private static final String PREFIX = "euler/";

  /** In the body: the head at the point the loop looks at. */
  static final String HEAD = PREFIX + "head";

  /** In the body: the time of that point, float[B]. */
  static final String TIME = PREFIX + "t";

  private final OnnxGraph g;
  private final SupportNodes support;
  private final IntegrationPlan plan;
  private final OnnxGraph body = new OnnxGraph("euler_step", PREFIX);
  private final String index = body.input(PREFIX + "index", INT64);
  private final String condition = body.input(PREFIX + "condition", BOOL);
  private final String totalWeight;
  private List<String> results = List.of();

  EulerLoop(OnnxGraph g, SupportNodes support, IntegrationPlan plan) {
    this.g = g;
    this.support = support;
    this.plan = plan;
    String weights = g.op("Squeeze", g.sum(support.membership(), 2), g.longs(2));
    this.totalWeight = g.orderedSum(weights);
    body.input(HEAD, FLOAT, "B", "N", "D1");
    String times = g.floats(plan.times(), plan.steps() + 1);
    String time = body.op("Gather", times, index);
    body.named(TIME, body.op("Expand", time, g.size(DriftContract.LABEL_MASK, 0)));
  }

  /** The body of the loop, for the nodes that compute the drift of {@link #HEAD}. */
  OnnxGraph body() {
    return body;
  }

  /**
   * Closes the loop.
   *
   * @param initial float[B,N,D+1], where to start
   * @param drift float[B,N,D+1], a value of the body or around it
   * @return the trace, float[B,S+1,2]
   */
  String emit(String initial, String drift) {
    GraphProto turn = turn(drift);
    String batch = g.size(DriftContract.LABEL_MASK, 0);
    String worst =
        g.op("Expand", g.scalar(Float.POSITIVE_INFINITY), g.concat(0, batch, g.longs(1)));
    String turns = g.index(plan.steps() + 1L);
    results = g.op("Loop", 4, List.of(attribute("body", turn)), turns, "", initial, initial, worst);
    return g.op("Transpose", List.of(attribute("perm", List.of(1L, 0L, 2L))), results.get(3));
  }

  /** The end of the trajectory, or its best point if the end is no better than the start. */
  String soundHead(String trace) {
    String losses = g.slice(trace, g.longs(1), g.longs(2), 2);
    String first = g.slice(losses, g.longs(0), g.longs(1), 1);
    String last = g.slice(losses, g.longs(-1), g.longs(Long.MAX_VALUE), 1);
    return g.op("Where", g.op("LessOrEqual", last, first), results.get(0), results.get(1));
  }

  private GraphProto turn(String drift) {
    String best = body.input(PREFIX + "best", FLOAT, "B", "N", "D1");
    String lowest = body.input(PREFIX + "lowest", FLOAT, "B", 1);
    String motion = body.op("Where", support.labelRows(), drift, body.scalar(0f));
    String loss = loss();
    String better = body.op("Less", loss, lowest);
    String improved = body.op("Where", body.op("Unsqueeze", better, body.longs(2)), HEAD, best);
    String step = body.op("Mul", motion, body.scalar(plan.stepLength()));
    String isEnd = body.op("Equal", index, body.index(plan.steps()));
    String next = body.op("Where", isEnd, HEAD, body.op("Add", HEAD, step));

    body.output(body.op("Identity", condition), BOOL);
    body.output(next, FLOAT, "B", "N", "D1");
    body.output(improved, FLOAT, "B", "N", "D1");
    body.output(body.op("Where", better, loss, lowest), FLOAT, "B", 1);
    body.output(body.concat(1, norm(motion), loss), FLOAT, "B", 2);
    return body.build();
  }

  /** Frobenius norm of float[B,N,D+1]: float[B,1]. */
  private String norm(String motion) {
    String squares = body.op("ReduceSumSquare", motion, body.longs(2));
    return body.op("Sqrt", body.orderedSum(body.op("Squeeze", squares, body.longs(2))));
  }

  /** Weighted mean cross-entropy of the support set, NaN if the head is not finite: float[B,1]. */
  private String loss() {
    String logits = support.logits(body, HEAD);
    String masked = body.scalar(SupportNodes.MASKED);
    String open = body.op("Where", support.labelColumns(), logits, masked);
    String likelihood = body.op("Mul", support.membership(), body.op("LogSoftmax", open));
    String each = body.op("Squeeze", body.sum(likelihood, 2), body.longs(2));
    String mean = body.op("Div", body.op("Neg", body.orderedSum(each)), totalWeight);
    // x − x is 0 if x is finite and NaN otherwise
    String zeros = body.op("ReduceSum", body.op("Sub", HEAD, HEAD), body.longs(1, 2));
    return body.op("Add", mean, body.op("Squeeze", zeros, body.longs(2)));
  }
}
