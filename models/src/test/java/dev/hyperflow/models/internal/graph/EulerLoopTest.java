package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.Trace;
import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import dev.hyperflow.models.internal.reference.ReferenceIntegrator;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EulerLoopTest {

  /** Graph against reference, relative to the largest weight. */
  private static final double TOLERANCE = 1e-5;

  /** Of a norm or a loss, relative to itself where it is above 1. */
  private static final double TRACE_TOLERANCE = 1e-4;

  /** Beyond, the squares leave the range of single precision. */
  private static final float LARGEST_NORM = 0x1p60f;

  private static final long SEED = 11;
  private static final IntegrationPlan PLAN =
      new IntegrationPlan(6, 1f, 2f, InitialBias.NEAREST_MEAN);

  @ParameterizedTest
  @EnumSource(DriftNetworks.class)
  void shouldAgreeWithTheReference(DriftNetworks network) {
    shouldAgree(network.emit(), PLAN, 4);
  }

  @Test
  void shouldAgreeWithTheReferenceOverOtherHorizons() {
    AnalyticFlow flow = AnalyticFlow.standard();
    shouldAgree(AnalyticDrift.emit(flow), flow.plan(), 3);
    IntegrationPlan one = new IntegrationPlan(1, 0.5f, 1f, InitialBias.ZERO);
    shouldAgree(DriftNetworks.TIMED.emit(), one, 2);
  }

  private static void shouldAgree(byte[] network, IntegrationPlan plan, int tasks) {
    Random random = new Random(SEED);
    try (SessionField field = new SessionField(network);
        OnnxSession fused = new OnnxSession(IntegrateGraph.build(network, plan))) {
      ReferenceIntegrator reference = new ReferenceIntegrator(field, plan.steps(), plan.horizon());
      for (int round = 0; round < 2; round++) {
        // Given ragged tasks
        TaskBatch batch =
            TaskBatch.ragged(random, tasks, 1 + random.nextInt(90), 1 + random.nextInt(30), 24);

        // When
        Map<String, Values> result = fused.run(batch.inputs());

        // Then each task went where the reference goes
        for (int task = 0; task < tasks; task++) {
          SupportSet support = batch.supportSet(task);
          Head initial = head(batch, result.get("initial_head"), task, support.labels());
          Integration expected = reference.integrate(initial, support);
          assertClose(head(batch, result.get("head"), task, support.labels()), expected.adapted());
          assertClose(trace(result, task, plan.steps()), expected.trace());
        }
      }
    }
  }

  private static Head head(TaskBatch batch, Values heads, int task, int labels) {
    int columns = batch.features + 1;
    int from = task * batch.labels * columns;
    return Head.of(
        labels, batch.features, Arrays.copyOfRange(heads.data, from, from + labels * columns));
  }

  private static Trace trace(Map<String, Values> result, int task, int steps) {
    assertThat(result.get("trace").shape[1]).isEqualTo(steps + 1);
    int size = (steps + 1) * 2;
    return Trace.of(Arrays.copyOfRange(result.get("trace").data, task * size, (task + 1) * size));
  }

  private static void assertClose(Head actual, Head expected) {
    float[] left = actual.toArray();
    float[] right = expected.toArray();
    double scale = 0;
    double error = 0;
    for (int i = 0; i < left.length; i++) {
      scale = Math.max(scale, Math.abs(right[i]));
      error = Math.max(error, Math.abs((double) left[i] - right[i]));
    }
    assertThat(error).isLessThanOrEqualTo(TOLERANCE * scale);
  }

  private static void assertClose(Trace actual, Trace expected) {
    for (int k = 0; k <= expected.steps(); k++) {
      if (expected.driftNorm(k) < LARGEST_NORM) {
        assertClose(actual.driftNorm(k), expected.driftNorm(k));
      }
      assertClose(actual.supportLoss(k), expected.supportLoss(k));
    }
  }

  private static void assertClose(float actual, float expected) {
    if (Float.isFinite(expected)) {
      assertThat(actual)
          .isCloseTo(expected, within((float) (TRACE_TOLERANCE * Math.max(1, Math.abs(expected)))));
    } else {
      assertThat(Float.isFinite(actual)).isFalse();
    }
  }

  @Test
  void shouldHalveTheErrorWithTwiceTheSteps() {
    assertThat(timedError(16) / timedError(32)).isCloseTo(2, within(0.4));
  }

  /**
   * Of dW/dt = e^−t W, whose solution is W₀ e^(1 − e^−t), at t = 2; relative to the largest weight.
   */
  private static double timedError(int steps) {
    IntegrationPlan plan = new IntegrationPlan(steps, 2f, 1f, InitialBias.ZERO);
    TaskBatch batch = TaskBatch.full(new Random(SEED), 2, 20, 4, 12);
    byte[] graph = IntegrateGraph.build(DriftNetworks.TIMED.emit(), plan);
    try (OnnxSession session = new OnnxSession(graph)) {
      Map<String, Values> result = session.run(batch.inputs());
      float[] start = result.get("initial_head").data;
      float[] end = result.get("head").data;
      double growth = Math.exp(1 - Math.exp(-2));
      double scale = 0;
      double error = 0;
      for (int i = 0; i < start.length; i++) {
        scale = Math.max(scale, Math.abs(start[i] * growth));
        error = Math.max(error, Math.abs(end[i] - start[i] * growth));
      }
      return error / scale;
    }
  }

  private static NodeProto loop(GraphProto graph) {
    return graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Loop"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void shouldEvaluateTheDriftOnceMoreThanThereAreSteps() throws Exception {
    GraphProto graph =
        ModelProto.parseFrom(IntegrateGraph.build(DriftNetworks.MOVING.emit(), PLAN)).getGraph();
    String turns = loop(graph).getInput(0);
    TensorProto constant =
        graph.getInitializerList().stream()
            .filter(tensor -> tensor.getName().equals(turns))
            .findFirst()
            .orElseThrow();
    assertThat(
            constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong())
        .isEqualTo(PLAN.steps() + 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"OVERSHOOTING", "EXPLODING", "MOVING"})
  void shouldNeverEndAboveTheLossOfTheStart(DriftNetworks network) {
    // Given a field that overshoots or explodes, or leads away from the examples
    TaskBatch batch = TaskBatch.full(new Random(SEED), 3, 60, 5, 24);
    for (int i = 0; i < 60 * 5; i++) {
      batch.membership[i] *= 10;
    }
    try (OnnxSession session = new OnnxSession(IntegrateGraph.build(network.emit(), PLAN))) {
      // When
      Map<String, Values> result = session.run(batch.inputs());

      // Then
      for (int task = 0; task < batch.tasks; task++) {
        double start = EulerReference.loss(batch, task, result.get("initial_head").data);
        double end = EulerReference.loss(batch, task, result.get("head").data);
        assertThat(end).isFinite().isLessThanOrEqualTo(start + TOLERANCE);
      }
    }
  }
}
