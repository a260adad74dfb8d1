package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.Integrator;
import dev.hyperflow.models.internal.Stepping;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SteppingTest {

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
  @EnumSource(Steppings.class)
  void shouldAgreeWithTheReference(Steppings steps) {
    for (DriftNetworks network : DriftNetworks.values()) {
      // one network asks for the time of the first task only
      int tasks = network == DriftNetworks.CONDITIONAL ? 1 : 4;
      shouldAgree(network.emit(), PLAN.withStepping(steps.stepping()), tasks);
    }
  }

  @ParameterizedTest
  @EnumSource(Steppings.class)
  void shouldAgreeWithTheReferenceOverLongHorizons(Steppings steps) {
    AnalyticFlow flow = AnalyticFlow.standard();
    shouldAgree(AnalyticDrift.emit(flow), flow.plan().withStepping(steps.stepping()), 3);
    IntegrationPlan settling = new IntegrationPlan(12, 30f, 2f, InitialBias.ZERO);
    shouldAgree(DriftNetworks.SETTLING.emit(), settling.withStepping(steps.stepping()), 5);
    IntegrationPlan one = new IntegrationPlan(1, 0.5f, 1f, InitialBias.ZERO);
    shouldAgree(DriftNetworks.TIMED.emit(), one.withStepping(steps.stepping()), 2);
  }

  private static void shouldAgree(byte[] network, IntegrationPlan plan, int tasks) {
    Random random = new Random(SEED);
    try (SessionField field = new SessionField(network);
        OnnxSession fused = new OnnxSession(IntegrateGraph.build(network, plan))) {
      ReferenceIntegrator reference = reference(field, plan);
      int bound = plan.stepping().integrator().evaluations(plan.steps());
      for (int round = 0; round < 2; round++) {
        // Given ragged tasks
        TaskBatch batch =
            TaskBatch.ragged(random, tasks, 1 + random.nextInt(90), 1 + random.nextInt(30), 24);

        // When
        Map<String, Values> result = fused.run(batch.inputs());

        // Then each task went where the reference goes, which evaluates the drift as often as told
        for (int task = 0; task < tasks; task++) {
          SupportSet support = batch.supportSet(task);
          Head initial = head(batch, result.get("initial_head"), task, support.labels());
          Integration expected = reference.integrate(initial, support);
          int evaluations = field.takeEvaluations();
          assertThat(evaluations).isLessThanOrEqualTo(bound);
          if (plan.stepping().earlyStop() == 0
              && plan.stepping().integrator() != Integrator.ADAPTIVE
              && expected.trace().finite()) {
            assertThat(evaluations).isEqualTo(bound);
          }
          assertClose(head(batch, result.get("head"), task, support.labels()), expected.adapted());
          assertClose(trace(result, task, plan.steps()), expected.trace());
        }
      }
    }
  }

  private static ReferenceIntegrator reference(SessionField field, IntegrationPlan plan) {
    return new ReferenceIntegrator(field, plan.stepping(), plan.steps(), plan.horizon());
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

  @ParameterizedTest
  @CsvSource({"EULER, 16, 1", "HEUN, 20, 2", "RK4, 3, 4"})
  void shouldConvergeWithItsOrder(Integrator integrator, int steps, int order) {
    // When the number of steps doubles
    double coarse = timedError(Stepping.of(integrator), steps);
    double fine = timedError(Stepping.of(integrator), 2 * steps);

    // Then
    assertThat(Math.log(coarse / fine) / Math.log(2)).isCloseTo(order, within(0.3));
  }

  @Test
  void shouldConvergeWithTheTolerance() {
    double loose = timedError(Stepping.adaptive(1e-1f), 100);
    double tight = timedError(Stepping.adaptive(1e-5f), 100);
    assertThat(loose).isBetween(1e-5, 1e-1);
    assertThat(tight).isLessThan(1e-4).isLessThan(loose / 10);
  }

  @Test
  void shouldReachTheHorizonWhateverTheToleranceDemands() {
    // Given a tolerance that four attempts cannot keep, the error is that of four equal steps
    assertThat(timedError(Stepping.adaptive(1e-6f), 4)).isBetween(1e-6, 1e-2);
  }

  /**
   * Of dW/dt = e^−t W, whose solution is W₀ e^(1 − e^−t), at t = 2; relative to the largest weight.
   */
  private static double timedError(Stepping stepping, int steps) {
    IntegrationPlan plan = new IntegrationPlan(steps, 2f, 1f, InitialBias.ZERO, stepping);
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

  @ParameterizedTest
  @EnumSource(Integrator.class)
  void shouldEndTheLoopWhenAllTasksRest(Integrator integrator) throws Exception {
    // Given a graph that also gives the rows of all turns
    float tolerance = integrator == Integrator.ADAPTIVE ? 1e-2f : 0f;
    IntegrationPlan plan =
        new IntegrationPlan(
            40, 100f, 2f, InitialBias.ZERO, new Stepping(integrator, tolerance, 0.01f));
    TaskBatch batch = TaskBatch.full(new Random(SEED), 3, 20, 4, 12);
    byte[] graph = IntegrateGraph.build(DriftNetworks.SETTLING.emit(), plan);
    try (OnnxSession session = new OnnxSession(withRowsOfAllTurns(graph))) {
      // When
      Map<String, Values> result = session.run(batch.inputs());

      // Then fewer turns were made, and the trace repeats the point of rest
      int bound = integrator.evaluations(plan.steps());
      assertThat(result.get("rows").shape[0]).isBetween(2L, bound - 1L);
      for (int task = 0; task < batch.tasks; task++) {
        Trace trace = trace(result, task, plan.steps());
        int rest = 0;
        while (trace.driftNorm(rest) != trace.driftNorm(plan.steps())) {
          rest++;
        }
        assertThat(rest).isBetween(1, plan.steps() - 1);
        for (int k = rest; k <= plan.steps(); k++) {
          assertThat(trace.driftNorm(k)).isEqualTo(trace.driftNorm(rest));
          assertThat(trace.supportLoss(k)).isEqualTo(trace.supportLoss(rest));
        }
      }
    }
  }

  private static byte[] withRowsOfAllTurns(byte[] graph) throws InvalidProtocolBufferException {
    ModelProto.Builder model = ModelProto.parseFrom(graph).toBuilder();
    NodeProto loop = loop(model.getGraph());
    model
        .getGraphBuilder()
        .addNode(
            NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(loop.getOutput(loop.getOutputCount() - 1))
                .addOutput("rows"))
        .addOutputBuilder()
        .setName("rows")
        .setType(model.getGraph().getOutput(0).getType());
    return model.build().toByteArray();
  }

  private static NodeProto loop(GraphProto graph) {
    return graph.getNodeList().stream()
        .filter(node -> node.getOpType().equals("Loop"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(Steppings.class)
  void shouldMakeAsManyTurnsAsEvaluationsAreStated(Steppings steps) throws Exception {
    IntegrationPlan plan = PLAN.withStepping(steps.stepping());
    GraphProto graph =
        ModelProto.parseFrom(IntegrateGraph.build(DriftNetworks.MOVING.emit(), plan)).getGraph();
    String turns = loop(graph).getInput(0);
    TensorProto constant =
        graph.getInitializerList().stream()
            .filter(tensor -> tensor.getName().equals(turns))
            .findFirst()
            .orElseThrow();
    assertThat(
            constant.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong())
        .isEqualTo(steps.stepping().integrator().evaluations(plan.steps()));
  }

  @ParameterizedTest
  @EnumSource(Steppings.class)
  void shouldNeverEndAboveTheLossOfTheStart(Steppings steps) {
    // Given fields that overshoot or explode, and one that leads away from the examples
    for (DriftNetworks network :
        new DriftNetworks[] {
          DriftNetworks.OVERSHOOTING, DriftNetworks.EXPLODING, DriftNetworks.MOVING
        }) {
      TaskBatch batch = TaskBatch.full(new Random(SEED), 3, 60, 5, 24);
      for (int i = 0; i < 60 * 5; i++) {
        batch.membership[i] *= 10;
      }
      byte[] graph = IntegrateGraph.build(network.emit(), PLAN.withStepping(steps.stepping()));
      try (OnnxSession session = new OnnxSession(graph)) {
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

  @Test
  void shouldRefuseValuesOutOfRange() {
    refuses(() -> Stepping.adaptive(0f), "tolerance: expected 1.0E-6 to 1, found 0.0");
    refuses(() -> Stepping.adaptive(2f), "tolerance: expected 1.0E-6 to 1, found 2.0");
    refuses(
        () -> new Stepping(Integrator.HEUN, 0.1f, 0f),
        "tolerance: expected none for the integrator heun, found 0.1");
    refuses(
        () -> Stepping.euler().withEarlyStop(Float.NaN),
        "earlyStop: expected 1.0E-6 to 1, found NaN");
  }

  private static void refuses(Runnable construction, String message) {
    assertThatIllegalArgumentException().isThrownBy(construction::run).withMessage(message);
  }
}
