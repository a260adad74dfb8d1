package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.hyperflow.models.internal.Blocks;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Wraps a drift network in the whole integration: {@code drift.onnx} in, {@code integrate.onnx}
 * out.
 *
 * <p>The result takes {@code support} float[B,M,D], {@code membership} float[B,M,N] and {@code
 * label_mask} float[B,N], as in {@link DriftContract}, and {@link #INNER} if blocks are mixed. It
 * gives
 *
 * <ul>
 *   <li>{@code head} float[B,N,D+1]: the head to use. It is the end of the trajectory, unless that
 *       is not finite or has a larger support loss than the start: then the point of the trajectory
 *       with the lowest support loss among the finite ones, at worst the start;
 *   <li>{@code initial_head} float[B,N,D+1]: the start;
 *   <li>{@code trace} float[B,S+1,2]: for points 0 to S the Frobenius norm of the drift over the
 *       real labels, and the support loss: the weighted mean cross-entropy in nats, NaN where the
 *       head is not finite. The end was used if and only if its loss is at most that of point 0.
 * </ul>
 *
 * <p>Rows of padded labels are zero in both heads. No output of a task depends on its neighbours.
 */
public final class IntegrateGraph {

  /**
   * Input, only where the plan mixes blocks: the number of last columns that are the inner block,
   * float[1]; 0 for features of one block.
   */
  public static final String INNER = "inner";

  /** Output: the head to use, float[B,N,D+1]. */
  public static final String HEAD = "head";

  /** Output: the head at the start, float[B,N,D+1]. */
  public static final String INITIAL_HEAD = "initial_head";

  /** Output: drift norm and support loss of every point, float[B,S+1,2]. */
  public static final String TRACE = "trace";

  private static final Map<String, Integer> INPUTS =
      Map.of(DriftContract.SUPPORT, 3, DriftContract.MEMBERSHIP, 3, DriftContract.LABEL_MASK, 2);
  private static final Map<String, Integer> OUTPUTS = Map.of(HEAD, 3, INITIAL_HEAD, 3, TRACE, 3);

  /*
   * Surgery. Every name of the drift network gets a prefix. Nodes that depend on neither the head
   * nor t, directly, through other nodes or through what a sub-graph captures, are hoisted in front
   * of the loop; the others become part of its body. A node list is in topological order by the
   * rules of ONNX, so one pass finds them. All constants go to the outer graph.
   *
   * A Loop, not copies of the body: unrolled, the analytic flow took the same time within noise
   * (2.3 against 2.4 ms per task at N = 20, M = 100, D = 384), and the file grew with the steps.
   *
   * The loop's own products are written as those of AnalyticDrift are, node by node, so that the
   * runtime's elimination of common subexpressions computes the logits of a point once for both.
   */

  private static final String DRIFT_PREFIX = "drift/";

  private final ModelProto drift;
  private final IntegrationPlan plan;
  private final OnnxGraph g = new OnnxGraph("integrate", "");
  private String features = DriftContract.SUPPORT;

  private IntegrateGraph(ModelProto drift, IntegrationPlan plan) {
    this.drift = drift;
    this.plan = plan;
  }

  /**
   * Builds {@code integrate.onnx}. The same arguments give the same bytes.
   *
   * @param driftOnnx the content of a {@code drift.onnx}
   * @throws IllegalArgumentException if the drift network breaks {@link DriftContract}; the message
   *     is one line that says what was expected and what was found
   */
  public static byte[] build(byte[] driftOnnx, IntegrationPlan plan) {
    return new IntegrateGraph(DriftContract.check(driftOnnx), plan).model().toByteArray();
  }

  /**
   * Checks what an {@code integrate.onnx} looks like from outside, as {@link DriftContract#check}
   * checks a drift network.
   *
   * @param integrateOnnx the content of an {@code integrate.onnx}
   * @param blocks whether it mixes blocks of features
   * @throws IllegalArgumentException if it breaks the contract, in one line
   */
  public static void check(byte[] integrateOnnx, boolean blocks) {
    Map<String, Integer> inputs = new HashMap<>(INPUTS);
    if (blocks) {
      inputs.put(INNER, 1);
    }
    new ModelContract("integrate.onnx", inputs, OUTPUTS).check(integrateOnnx);
  }

  private ModelProto model() {
    g.input(DriftContract.SUPPORT, FLOAT, "B", "M", "D");
    g.input(DriftContract.MEMBERSHIP, FLOAT, "B", "M", "N");
    g.input(DriftContract.LABEL_MASK, FLOAT, "B", "N");
    Optional<String> scale = plan.blocks().map(this::scale);
    SupportNodes support = new SupportNodes(g, features);
    String prototypes = PrototypeHead.emit(g, support, plan.initialScale(), plan.initialBias());
    String start = g.named(INITIAL_HEAD, unscaled(prototypes, scale));
    String initial = scale.isPresent() ? prototypes : start;

    EulerLoop loop = new EulerLoop(g, support, plan);
    splice(loop);
    EulerLoop.Ends ends = loop.emit(initial, DRIFT_PREFIX + DriftContract.DRIFT);
    String trace = g.named(TRACE, ends.trace());
    g.named(HEAD, unscaled(ends.soundHead(g, trace), scale));

    g.output(HEAD, FLOAT, "B", "N", "D1");
    g.output(INITIAL_HEAD, FLOAT, "B", "N", "D1");
    g.output(TRACE, FLOAT, "B", plan.steps() + 1, 2);
    return OnnxGraph.model(g.build(), drift.getOpsetImportList());
  }

  /** Scales the columns of the features, in place of which the rest sees scaled ones. */
  private String scale(Blocks blocks) {
    g.input(INNER, FLOAT, 1);
    String scale = BlockScale.emit(g, blocks);
    features = g.op("Mul", DriftContract.SUPPORT, scale);
    return scale;
  }

  /** A head over scaled columns as one over the columns that came in. */
  private String unscaled(String head, Optional<String> scale) {
    return scale
        .map(
            factors ->
                g.op(
                    "Mul",
                    head,
                    g.concat(
                        2,
                        factors,
                        g.op(
                            "Expand",
                            g.scalar(1f),
                            g.concat(0, g.size(factors, 0), g.longs(1, 1))))))
        .orElse(head);
  }

  /** Moves the drift network into the outer graph and the body of the loop. */
  private void splice(EulerLoop loop) {
    GraphProto network = drift.getGraph();
    network.getInitializerList().stream()
        .map(constant -> constant.toBuilder().setName(rename(constant.getName())).build())
        .forEach(g::add);
    Set<String> moving = new HashSet<>(Set.of(DriftContract.HEAD, DriftContract.TIME));
    for (NodeProto node : network.getNodeList()) {
      boolean invariant = Collections.disjoint(Subgraphs.reads(node), moving);
      (invariant ? g : loop.body()).add(Subgraphs.rename(node, this::rename, DRIFT_PREFIX));
      if (!invariant) {
        moving.addAll(node.getOutputList());
      }
    }
  }

  private String rename(String name) {
    return switch (name) {
      case DriftContract.HEAD -> EulerLoop.HEAD;
      case DriftContract.TIME -> EulerLoop.TIME;
      case DriftContract.SUPPORT -> features;
      case DriftContract.MEMBERSHIP, DriftContract.LABEL_MASK -> name;
      default -> DRIFT_PREFIX + name;
    };
  }
}
