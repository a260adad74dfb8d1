package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.List;

/** Emits the Euler loop around a drift, with its trace and its safeguard. */
final class EulerLoop {

  /*
   * The loop runs S + 1 turns. Turn k takes the step to point k, which turn 0 has as a step of
   * length zero. It evaluates the drift and the support loss there, and keeps the head if it is the
   * best so far. The one drift evaluation beyond S is for the trace: it shows whether the flow has
   * come to rest.
   */

  private static final String PREFIX = "euler/";

  /** In the body: the head at which the drift is wanted, float[B,N,D+1]. */
  static final String HEAD = PREFIX + "head";

  /** In the body: the time at which the drift is wanted, float[B]. */
  static final String TIME = PREFIX + "t";

  private final OnnxGraph g;
  private final SupportNodes support;
  private final IntegrationPlan plan;
  private final OnnxGraph body = new OnnxGraph("euler_step", PREFIX);
  private final String index = body.input(PREFIX + "index", INT64);
  private final String condition = body.input(PREFIX + "condition", BOOL);
  private final PointNodes points;

  EulerLoop(OnnxGraph g, SupportNodes support, IntegrationPlan plan) {
    this.g = g;
    this.support = support;
    this.plan = plan;
    this.points = new PointNodes(g, support, body);
    String before = body.input(PREFIX + "before", FLOAT, "B", "N", "D1");
    String step = body.input(PREFIX + "step", FLOAT, "B", "N", "D1");
    body.named(HEAD, body.op("Add", before, step));
    String times = g.floats(plan.times(), plan.steps() + 1);
    String time = body.op("Gather", times, index);
    body.named(TIME, body.op("Expand", time, g.size(DriftContract.LABEL_MASK, 0)));
  }

  /** The body of the loop, for the nodes that compute the drift. */
  OnnxGraph body() {
    return body;
  }

  /**
   * Closes the loop.
   *
   * @param initial float[B,N,D+1], where to start
   * @param drift float[B,N,D+1], a value of the body or around it
   */
  Ends emit(String initial, String drift) {
    GraphProto turn = turn(drift);
    String batch = g.size(DriftContract.LABEL_MASK, 0);
    String worst =
        g.op("Expand", g.scalar(Float.POSITIVE_INFINITY), g.concat(0, batch, g.longs(1)));
    String turns = g.index(plan.steps() + 1L);
    String still = g.op("Mul", initial, g.scalar(0f));
    List<String> results =
        g.op(
            "Loop", 5, List.of(attribute("body", turn)), turns, "", initial, still, initial, worst);
    String trace =
        g.op("Transpose", List.of(attribute("perm", List.of(1L, 0L, 2L))), results.get(4));
    return new Ends(results.get(0), results.get(2), trace);
  }

  private GraphProto turn(String drift) {
    String best = body.input(PREFIX + "best", FLOAT, "B", "N", "D1");
    String lowest = body.input(PREFIX + "lowest", FLOAT, "B", 1);
    String motion = body.op("Where", support.labelRows(), drift, body.scalar(0f));
    String loss = points.loss(HEAD);
    String better = body.op("Less", loss, lowest);
    String improved = body.op("Where", body.op("Unsqueeze", better, body.longs(2)), HEAD, best);
    String step = body.op("Mul", motion, body.scalar(plan.stepLength()));

    body.output(body.op("Identity", condition), BOOL);
    body.output(HEAD, FLOAT, "B", "N", "D1");
    body.output(step, FLOAT, "B", "N", "D1");
    body.output(improved, FLOAT, "B", "N", "D1");
    body.output(body.op("Where", better, loss, lowest), FLOAT, "B", 1);
    body.output(body.concat(1, points.norm(motion), loss), FLOAT, "B", 2);
    return body.build();
  }

  /**
   * What the loop gives.
   *
   * @param last float[B,N,D+1], end of the trajectory
   * @param best float[B,N,D+1], its point of the lowest support loss
   * @param trace float[B,S+1,2]
   */
  record Ends(String last, String best, String trace) {

    /** The end of the trajectory, or its best point if the end is no better than the start. */
    String soundHead(OnnxGraph g, String trace) {
      String losses = g.slice(trace, g.longs(1), g.longs(2), 2);
      String first = g.slice(losses, g.longs(0), g.longs(1), 1);
      String end = g.slice(losses, g.longs(-1), g.longs(Long.MAX_VALUE), 1);
      return g.op("Where", g.op("LessOrEqual", end, first), last, best);
    }
  }
}
