package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import java.util.List;

/** What a loop carries along about each task's trajectory: its best point, its rest, its trace. */
final class PointWatch {

  /*
   * A task that rests does so for good, and its row of the trace repeats, so it is all the same to it
   * whether the loop goes on for its neighbours. Masks choose values and never multiply: 0 × NaN is
   * NaN, and adding 0 turns −0 into 0.
   */

  private final PointNodes points;
  private final OnnxGraph body;
  private final float earlyStop;
  private final String best;
  private final String lowest;
  private final String rest;
  private final String row;
  private List<String> next = List.of();
  private String nextRest = "";

  /**
   * Declares the inputs of the body, after those that the loop declared itself.
   *
   * @param points nodes of the same body
   * @param earlyStop rest where ‖drift‖ ≤ earlyStop · ‖head‖; 0 for never
   */
  PointWatch(PointNodes points, OnnxGraph body, float earlyStop) {
    this.points = points;
    this.body = body;
    this.earlyStop = earlyStop;
    this.best = body.input(body.prefix() + "best", FLOAT, "B", "N", "D1");
    this.lowest = body.input(body.prefix() + "lowest", FLOAT, "B", 1);
    this.rest = body.input(body.prefix() + "rest", BOOL, "B", 1);
    this.row = body.input(body.prefix() + "row", FLOAT, "B", 2);
  }

  /** The values to enter the loop with, in the order of the inputs. */
  static List<String> start(OnnxGraph g, String initial) {
    String batch = g.size(DriftContract.LABEL_MASK, 0);
    String column = g.concat(0, batch, g.longs(1));
    return List.of(
        initial,
        g.op("Expand", g.scalar(Float.POSITIVE_INFINITY), column),
        g.op("Expand", g.bool(false), column),
        g.op("Expand", g.scalar(Float.NaN), g.concat(0, batch, g.longs(2))));
  }

  /** bool[B,1]: tasks that rested when the turn began. */
  String resting() {
    return rest;
  }

  /**
   * Looks at a head.
   *
   * @param head float[B,N,D+1]
   * @param drift float[B,N,D+1], of that head, zero for labels of padding
   * @param isPoint bool scalar or [B,1]: whether it is a point of the trajectory
   * @return bool[B,1]: tasks that rest from here on
   */
  String look(String head, String drift, String isPoint) {
    String loss = points.loss(head);
    String isNew = body.op("And", isPoint, body.op("Not", rest));
    String better = body.op("And", isNew, body.op("Less", loss, lowest));
    String improved = body.op("Where", body.op("Unsqueeze", better, body.longs(2)), head, best);
    String least = body.op("Where", better, loss, lowest);
    String seen = body.op("Where", isNew, body.concat(1, points.norm(drift), loss), row);
    nextRest =
        earlyStop == 0 ? rest : body.op("Or", rest, body.op("And", isNew, still(head, drift)));
    next = List.of(improved, least, seen);
    return nextRest;
  }

  private String still(String head, String drift) {
    String threshold = body.scalar(earlyStop * earlyStop);
    String limit = body.op("Mul", points.squares(head), threshold);
    return body.op("LessOrEqual", points.squares(drift), limit);
  }

  /** Makes more tasks rest from here on: bool[B,1]. */
  void rest(String more) {
    nextRest = body.op("Or", nextRest, more);
  }

  /** bool scalar: whether a task is left that does not rest. */
  String goesOn() {
    String resting = body.cast(nextRest, FLOAT);
    String least = body.op("ReduceMin", List.of(attribute("keepdims", 0)), resting);
    return body.op("Less", least, body.scalar(1f));
  }

  /**
   * Declares the outputs of the body, in the order of the inputs, and the row that is collected.
   */
  void outputs() {
    body.output(next.get(0), FLOAT, "B", "N", "D1");
    body.output(next.get(1), FLOAT, "B", 1);
    body.output(body.op("Identity", nextRest), BOOL, "B", 1);
    body.output(next.get(2), FLOAT, "B", 2);
    body.output(body.op("Identity", next.get(2)), FLOAT, "B", 2);
  }

  /**
   * Picks the rows of the points from those of all turns; the last one stands for turns that were
   * not needed any more.
   *
   * @param rows float[turns,B,2]
   * @param stages turns from one point to the next
   * @param steps number S of steps
   * @return float[B,S+1,2]
   */
  static String trace(OnnxGraph g, String rows, int stages, int steps) {
    long[] turns = new long[steps + 1];
    for (int k = 0; k <= steps; k++) {
      turns[k] = (long) k * stages;
    }
    String last = g.op("Sub", g.size(rows, 0), g.longs(1));
    String picked = g.op("Gather", rows, g.op("Min", g.longs(turns), last));
    return g.op("Transpose", List.of(attribute("perm", List.of(1L, 0L, 2L))), picked);
  }
}
