package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static dev.hyperflow.models.internal.graph.OnnxGraph.attribute;

import ai.onnx.proto.OnnxMl.GraphProto;
import java.util.ArrayList;
import java.util.List;

/** Emits equal steps of one or more stages, with trace, safeguard and early stop. */
final class StagedLoop implements IntegrationLoop {

  /*
   * One turn is one stage of one step, so the graph holds the drift network once whatever the
   * method: S × stages turns, and one more for the trace. The methods are those whose stage needs
   * the drift of the stage before it only,
   *
   *   k = drift(x, t + c h),   x ← y + a h k,   z ← z + b h k,
   *
   * with y the point the step started from and z its end so far; after the last stage x, y ← z. In
   * the last turn of all, nothing moves.
   */

  private static final String PREFIX = "stages/";
  private static final String HEAD = PREFIX + "head";
  private static final String TIME = PREFIX + "t";

  private final OnnxGraph g;
  private final SupportNodes support;
  private final IntegrationPlan plan;
  private final Tableau tableau;
  private final OnnxGraph body = new OnnxGraph("stage", PREFIX);
  private final String index = body.input(PREFIX + "index", INT64);
  private final String condition = body.input(PREFIX + "condition", BOOL);
  private final String base;
  private final String sum;
  private final PointWatch watch;

  /** For any integrator that is not adaptive. */
  StagedLoop(OnnxGraph g, SupportNodes support, IntegrationPlan plan) {
    this.g = g;
    this.support = support;
    this.plan = plan;
    this.tableau = Tableau.of(plan.stepping().integrator());
    PointNodes points = new PointNodes(g, support, body);
    body.input(HEAD, FLOAT, "B", "N", "D1");
    this.base = body.input(PREFIX + "base", FLOAT, "B", "N", "D1");
    this.sum = body.input(PREFIX + "sum", FLOAT, "B", "N", "D1");
    this.watch = new PointWatch(points, body, plan.stepping().earlyStop());
    float[] times = new float[turns()];
    for (int turn = 0; turn < times.length; turn++) {
      int step = turn / tableau.stages();
      times[turn] = plan.time(step + tableau.node(turn % tableau.stages()));
    }
    String time = body.op("Gather", g.floats(times, times.length), index);
    body.named(TIME, body.op("Expand", time, g.size(DriftContract.LABEL_MASK, 0)));
  }

  private int turns() {
    return plan.stepping().integrator().evaluations(plan.steps());
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
    List<String> inputs = new ArrayList<>(List.of(g.index(turns()), "", initial, initial, initial));
    inputs.addAll(PointWatch.start(g, initial));
    List<String> results =
        g.op("Loop", 8, List.of(attribute("body", turn)), inputs.toArray(String[]::new));
    String trace = PointWatch.trace(g, results.get(7), tableau.stages(), plan.steps());
    return new Ends(results.get(1), results.get(3), trace);
  }

  private GraphProto turn(String drift) {
    String motion = body.op("Where", support.labelRows(), drift, body.scalar(0f));
    String stage = body.op("Mod", index, body.index(tableau.stages()));
    String isPoint = body.op("Equal", stage, body.index(0));
    String isLast = body.op("Equal", stage, body.index(tableau.stages() - 1L));
    String moves = body.op("Less", index, body.index(turns() - 1L));
    String resting = watch.look(HEAD, motion, isPoint);

    String ended = moved(sum, motion, stage, tableau.weights(plan.stepLength()));
    String ahead = moved(base, motion, stage, tableau.ahead(plan.stepLength()));
    String held =
        body.op("Unsqueeze", body.op("Or", resting, body.op("Not", moves)), body.longs(2));
    String closes = body.op("And", isLast, body.op("Not", held));

    body.output(
        plan.stepping().earlyStop() == 0 ? body.op("Identity", condition) : watch.goesOn(), BOOL);
    body.output(
        body.op("Where", held, HEAD, body.op("Where", isLast, ended, ahead)),
        FLOAT,
        "B",
        "N",
        "D1");
    body.output(body.op("Where", closes, ended, base), FLOAT, "B", "N", "D1");
    body.output(body.op("Where", held, sum, ended), FLOAT, "B", "N", "D1");
    watch.outputs();
    return body.build();
  }

  /** A head moved along the drift by what a table holds for the stage. */
  private String moved(String from, String motion, String stage, float[] lengths) {
    String length = body.op("Gather", g.floats(lengths, lengths.length), stage);
    return body.op("Add", from, body.op("Mul", motion, length));
  }
}
