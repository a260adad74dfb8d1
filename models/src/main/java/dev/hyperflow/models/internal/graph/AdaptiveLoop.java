package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.ArrayList;
import java.util.List;

/** Emits adaptive steps by an embedded pair, each task at its own pace. */
final class AdaptiveLoop implements IntegrationLoop {

  /*
   * Bogacki–Shampine 3(2). From a point y with drift k₁, an attempt of length h evaluates
   *
   *   k₂ at y + h/2 k₁,   k₃ at y + 3h/4 k₂,   k₄ at z = y + h (2/9 k₁ + 1/3 k₂ + 4/9 k₃)
   *
   * and estimates the error as e = h (−5/72 k₁ + 1/12 k₂ + 1/9 k₃ − 1/8 k₄). If z is accepted, k₄ is
   * the next k₁. So an attempt, taken or not, is three evaluations: all tasks of a batch are in the
   * same stage in every turn, and what differs is which z they accept and how long their h is. Turn 0
   * is the end of an attempt of length 0.
   *
   * Lengths change by powers of two, chosen by comparing squares with squares. A power or a root
   * would be the usual rule, but vectorised kernels may round those differently for the last items
   * of a batch.
   *
   * With T the horizon and r the attempts left, h is at least (T − t) / r, and an attempt of that
   * length is always accepted: the last one at the latest ends at T.
   */

  private static final String PREFIX = "adaptive/";
  private static final String HEAD = PREFIX + "head";
  private static final String TIME = PREFIX + "t";
  private static final int STAGES = 3;
  private static final float[] NODES = {1 / 2f, 3 / 4f, 1f};
  private static final float[] WEIGHTS = {1 / 3f, 4 / 9f, 0f};
  private static final float[] ERRORS = {1 / 12f, 1 / 9f, -1 / 8f};
  private static final float FIRST_WEIGHT = 2 / 9f;
  private static final float FIRST_ERROR = -5 / 72f;

  private final OnnxGraph g;
  private final SupportNodes support;
  private final IntegrationPlan plan;
  private final OnnxGraph body = new OnnxGraph("adaptive_stage", PREFIX);
  private final String index = body.input(PREFIX + "index", INT64);
  private final PointNodes points;
  private final String base;
  private final String slope;
  private final String sum;
  private final String error;
  private final String start;
  private final String length;
  private final PointWatch watch;
  private final String stage;
  private final String left;
  private final String end;

  /** For adaptive plans. */
  AdaptiveLoop(OnnxGraph g, SupportNodes support, IntegrationPlan plan) {
    this.g = g;
    this.support = support;
    this.plan = plan;
    this.points = new PointNodes(g, support, body);
    body.input(PREFIX + "condition", BOOL);
    body.input(HEAD, FLOAT, "B", "N", "D1");
    this.base = body.input(PREFIX + "base", FLOAT, "B", "N", "D1");
    this.slope = body.input(PREFIX + "slope", FLOAT, "B", "N", "D1");
    this.sum = body.input(PREFIX + "sum", FLOAT, "B", "N", "D1");
    this.error = body.input(PREFIX + "error", FLOAT, "B", "N", "D1");
    this.start = body.input(PREFIX + "start", FLOAT, "B", 1);
    this.length = body.input(PREFIX + "length", FLOAT, "B", 1);
    this.watch = new PointWatch(points, body, plan.stepping().earlyStop());
    String shifted = body.op("Add", index, body.index(STAGES - 1L));
    this.stage = body.op("Mod", shifted, body.index(STAGES));
    this.left = body.op("Sub", body.scalar(plan.horizon()), start);
    String reaches = body.op("GreaterOrEqual", length, left);
    String ahead = body.op("Add", start, length);
    this.end = body.op("Where", reaches, body.scalar(plan.horizon()), ahead);
    String inside = body.op("Add", start, body.op("Mul", length, ofStage(NODES)));
    String time = body.op("Where", isClosing(), end, inside);
    body.named(TIME, body.op("Squeeze", time, body.longs(1)));
  }

  @Override
  public OnnxGraph body() {
    return body;
  }

  @Override
  public String head() {
    return HEAD;
  }

  @Override
  public String time() {
    return TIME;
  }

  @Override
  public Ends emit(String initial, String drift) {
    GraphProto turn = turn(drift);
    int turns = plan.stepping().integrator().evaluations(plan.steps());
    String still = g.op("Sub", initial, initial);
    String column = g.concat(0, g.size(DriftContract.LABEL_MASK, 0), g.longs(1));
    String nothing = g.op("Expand", g.scalar(0f), column);
    List<String> inputs = new ArrayList<>(List.of(g.index(turns), ""));
    inputs.addAll(List.of(initial, initial, still, initial, still, nothing, nothing));
    inputs.addAll(PointWatch.start(g, initial));
    List<String> results =
        g.op("Loop", 12, List.of(attribute("body", turn)), inputs.toArray(String[]::new));
    String trace = PointWatch.trace(g, results.get(11), STAGES, plan.steps());
    return new Ends(results.get(1), results.get(7), trace);
  }

  private GraphProto turn(String drift) {
    String motion = body.op("Where", support.labelRows(), drift, body.scalar(0f));
    String summed = moved(sum, motion, body.op("Mul", length, ofStage(WEIGHTS)));
    String deviation = moved(error, motion, body.op("Mul", length, ofStage(ERRORS)));

    // The end of an attempt: take it or not, and begin the next.
    String squares = points.squares(deviation);
    String limit = limit();
    String fits = body.op("LessOrEqual", squares, limit);
    String forced = body.op("LessOrEqual", length, shortest(left, 1));
    String taken = body.op("And", isClosing(), body.op("Or", fits, forced));
    String accepted = body.op("And", taken, body.op("Not", watch.resting()));
    String here = where(accepted, HEAD, base);
    String direction = where(accepted, motion, slope);
    String now = body.op("Where", accepted, end, start);
    watch.look(HEAD, motion, accepted);
    watch.rest(body.op("GreaterOrEqual", now, body.scalar(plan.horizon())));
    String rest = body.op("Sub", body.scalar(plan.horizon()), now);
    String tried = body.op("Mul", length, factor(squares, limit));
    String next = body.op("Min", body.op("Max", tried, shortest(rest, 0)), rest);

    String halfway = moved(here, direction, body.op("Mul", next, body.scalar(NODES[0])));
    String ahead = moved(base, motion, body.op("Mul", length, body.scalar(NODES[1])));
    String isMiddle = body.op("Equal", stage, body.index(1));
    body.output(watch.goesOn(), BOOL);
    output(ifClosing(halfway, body.op("Where", isMiddle, summed, ahead)));
    output(here);
    output(direction);
    output(
        ifClosing(moved(here, direction, body.op("Mul", next, body.scalar(FIRST_WEIGHT))), summed));
    String first = wide(body.op("Mul", next, body.scalar(FIRST_ERROR)));
    output(ifClosing(body.op("Mul", direction, first), deviation));
    body.output(now, FLOAT, "B", 1);
    body.output(ifClosing(next, length), FLOAT, "B", 1);
    watch.outputs();
    return body.build();
  }

  /** Largest square of an error that fits; an error that is not finite never does. */
  private String limit() {
    float tolerance = plan.stepping().tolerance();
    String norms = body.op("Max", points.squares(base), points.squares(HEAD));
    String limit = body.op("Mul", norms, body.scalar(tolerance * tolerance));
    return body.op("Min", limit, body.scalar(Float.MAX_VALUE));
  }

  /** The error grows with the cube of the length: a factor of 2 multiplies its square by 64. */
  private String factor(String squares, String limit) {
    String shrink = choose(squares, limit, 64f, body.scalar(0.5f), body.scalar(0.25f));
    String keep = choose(squares, limit, 1f, body.scalar(1f), shrink);
    String grow = choose(squares, limit, 1 / 256f, body.scalar(2f), keep);
    return choose(squares, limit, 1 / 65_536f, body.scalar(4f), grow);
  }

  private String choose(String squares, String limit, float part, String yes, String no) {
    String bound = body.op("Mul", limit, body.scalar(part));
    return body.op("Where", body.op("LessOrEqual", squares, bound), yes, no);
  }

  /**
   * The shortest attempt: what is left of the horizon by the attempts left.
   *
   * @param left float[B,1]
   * @param running attempts to count in that are under way
   */
  private String shortest(String left, int running) {
    float[] attempts = new float[plan.steps() + 1];
    for (int done = 0; done < attempts.length; done++) {
      attempts[done] = Math.max(1, plan.steps() - done + running);
    }
    String done = body.op("Div", index, body.index(STAGES));
    String count = body.op("Gather", g.floats(attempts, attempts.length), done);
    return body.op("Div", left, count);
  }

  private String ofStage(float[] values) {
    return body.op("Gather", g.floats(values, values.length), stage);
  }

  private String isClosing() {
    return body.op("Equal", stage, body.index(STAGES - 1L));
  }

  private String ifClosing(String yes, String no) {
    return body.op("Where", isClosing(), yes, no);
  }

  private String where(String condition, String yes, String no) {
    return body.op("Where", wide(condition), yes, no);
  }

  private String moved(String from, String motion, String by) {
    return body.op("Add", from, body.op("Mul", motion, wide(by)));
  }

  /** [B,1] as [B,1,1]. */
  private String wide(String column) {
    return body.op("Unsqueeze", column, body.longs(2));
  }

  private void output(String value) {
    body.output(value, FLOAT, "B", "N", "D1");
  }
}
