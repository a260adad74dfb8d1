package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.BOOL;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrateGraphTest {

  /** Fused against stepwise, relative to the largest weight. */
  private static final double TOLERANCE = 1e-6;

  /** Single against double precision of a support loss or a norm, relative. */
  private static final double TRACE_TOLERANCE = 1e-4;

  /** Beyond, the squares leave the range of single precision. */
  private static final double LARGEST_NORM = 1e18;

  private static final long SEED = 7;
  private static final IntegrationPlan PLAN =
      new IntegrationPlan(6, 1f, 2f, InitialBias.NEAREST_MEAN);

  @ParameterizedTest
  @EnumSource(DriftNetworks.class)
  void shouldAgreeWithEulerStepsInJava(DriftNetworks network) {
    shouldAgree(network.emit(), PLAN);
  }

  @Test
  void shouldAgreeWithEulerStepsInJavaOnTheAnalyticFlow() {
    AnalyticFlow flow = AnalyticFlow.standard();
    shouldAgree(AnalyticDrift.emit(flow), flow.plan());
  }

  @Test
  void shouldTakeAnyNumberOfSteps() {
    shouldAgree(DriftNetworks.TIMED.emit(), new IntegrationPlan(1, 0.25f, 1f, InitialBias.ZERO));
    shouldAgree(DriftNetworks.TIMED.emit(), new IntegrationPlan(50, 3f, 0.1f, InitialBias.ZERO));
  }

  private static void shouldAgree(byte[] network, IntegrationPlan plan) {
    Random random = new Random(SEED);
    try (OnnxSession drift = new OnnxSession(network);
        OnnxSession fused = new OnnxSession(IntegrateGraph.build(network, plan))) {
      for (int round = 0; round < 5; round++) {
        // Given ragged tasks
        int labels = 1 + random.nextInt(40);
        TaskBatch batch =
            TaskBatch.ragged(random, 1 + random.nextInt(4), 1 + random.nextInt(150), labels, 48);

        // When
        Map<String, Values> result = fused.run(batch.inputs());

        // Then
        float[] initial = result.get("initial_head").data;
        assertAgree(batch, result, new EulerReference(drift, plan, batch, initial));
      }
    }
  }

  private static void assertAgree(
      TaskBatch batch, Map<String, Values> result, EulerReference reference) {
    int size = batch.labels * (batch.features + 1);
    float[] head = result.get("head").data;
    float[] trace = result.get("trace").data;
    int points = reference.points.length;
    for (int task = 0; task < batch.tasks; task++) {
      float[] expected = reference.points[reference.chosen(task)];
      double scale = 0;
      double error = 0;
      for (int i = task * size; i < (task + 1) * size; i++) {
        scale = Math.max(scale, Math.abs(expected[i]));
        error = Math.max(error, Math.abs((double) head[i] - expected[i]));
        if (!batch.isLabel(task, i / (batch.features + 1) % batch.labels)) {
          assertThat(head[i]).isZero();
        }
      }
      assertThat(error).isLessThanOrEqualTo(TOLERANCE * scale);
      for (int k = 0; k < points; k++) {
        int row = (task * points + k) * 2;
        if (reference.norms[k][task] < LARGEST_NORM) {
          assertAgree(trace[row], reference.norms[k][task]);
        } else {
          assertThat(trace[row] < LARGEST_NORM).isFalse();
        }
        assertAgree(trace[row + 1], reference.losses[k][task]);
      }
    }
  }

  private static void assertAgree(float actual, double expected) {
    if (Double.isFinite((float) expected)) {
      assertThat(Math.abs(actual - expected))
          .isLessThanOrEqualTo(TRACE_TOLERANCE * Math.max(1, Math.abs(expected)));
    } else {
      assertThat(Float.isFinite(actual)).isFalse();
    }
  }

  @Test
  void shouldKeepTheBestPointOfADivergingTrajectoryAndLeaveItsNeighboursAlone() {
    // Given one task that explodes between two that do not
    byte[] network = DriftNetworks.EXPLODING.emit();
    TaskBatch batch = TaskBatch.full(new Random(SEED), 3, 40, 5, 24);
    for (int i = 40 * 5; i < 2 * 40 * 5; i++) {
      batch.membership[i] *= 10;
    }
    try (OnnxSession drift = new OnnxSession(network);
        OnnxSession fused = new OnnxSession(IntegrateGraph.build(network, PLAN))) {
      // When
      Map<String, Values> result = fused.run(batch.inputs());

      // Then
      EulerReference reference =
          new EulerReference(drift, PLAN, batch, result.get("initial_head").data);
      assertThat(reference.losses[PLAN.steps()][1]).isNaN();
      assertThat(List.of(reference.chosen(0), reference.chosen(1), reference.chosen(2)))
          .containsExactly(PLAN.steps(), 0, PLAN.steps());
      assertAgree(batch, result, reference);
      assertThat(result.get("head").data).doesNotContain(Float.NaN);
    }
  }

  @Test
  void shouldKeepTheMiddleOfATrajectoryThatTurnsAround() {
    // Given
    byte[] network = DriftNetworks.OVERSHOOTING.emit();
    TaskBatch batch = TaskBatch.full(new Random(SEED), 2, 40, 5, 24);
    try (OnnxSession drift = new OnnxSession(network);
        OnnxSession fused = new OnnxSession(IntegrateGraph.build(network, PLAN))) {
      // When
      Map<String, Values> result = fused.run(batch.inputs());

      // Then
      EulerReference reference =
          new EulerReference(drift, PLAN, batch, result.get("initial_head").data);
      assertThat(reference.chosen(0)).isEqualTo(3);
      assertAgree(batch, result, reference);
    }
  }

  @Test
  void shouldStartFromPrototypesWithTheChosenBias() {
    // Given two examples of one label, and one of another
    TaskBatch batch = new TaskBatch(1, 4, 3, 2);
    batch.set(0, 0, 0, 1f, new float[] {1f, 0f});
    batch.set(0, 1, 0, 3f, new float[] {0f, 1f});
    batch.set(0, 2, 1, 0.5f, new float[] {2f, 0f});

    // Then means are weighted, and the row of the padded label is zero
    assertThat(initialHead(batch, InitialBias.ZERO))
        .containsExactly(0.5f, 1.5f, 0f, 4f, 0f, 0f, 0f, 0f, 0f);
    assertThat(initialHead(batch, InitialBias.NEAREST_MEAN))
        .containsExactly(0.5f, 1.5f, -0.625f, 4f, 0f, -4f, 0f, 0f, 0f);
  }

  private static float[] initialHead(TaskBatch batch, InitialBias bias) {
    byte[] network = DriftNetworks.MOVING.emit();
    IntegrationPlan plan = new IntegrationPlan(1, 1f, 2f, bias);
    try (OnnxSession session = new OnnxSession(IntegrateGraph.build(network, plan))) {
      return session.run(batch.inputs()).get("initial_head").data;
    }
  }

  @Test
  void shouldHoistWhatDoesNotMove() throws InvalidProtocolBufferException {
    // Given
    AnalyticFlow flow = AnalyticFlow.standard();
    byte[] network = AnalyticDrift.emit(flow);

    // When
    GraphProto graph = ModelProto.parseFrom(IntegrateGraph.build(network, flow.plan())).getGraph();
    GraphProto body = body(graph);
    int nodes = ModelProto.parseFrom(network).getGraph().getNodeCount();

    // Then the inverse and all products but two run once, in front of the loop
    List<String> moving = operators(body, "drift/");
    assertThat(moving)
        .containsExactly(
            "Transpose",
            "MatMul",
            "Where",
            "Mul",
            "Softmax",
            "Sub",
            "Mul",
            "Add",
            "Where",
            "Transpose",
            "Sub",
            "MatMul",
            "Add",
            "Identity");
    assertThat(operators(graph, "drift/")).hasSize(nodes - moving.size()).contains("If");
  }

  @Test
  void shouldHoistAllOfAConstantDriftAndNothingOfAMovingOne()
      throws InvalidProtocolBufferException {
    GraphProto constant =
        ModelProto.parseFrom(IntegrateGraph.build(DriftNetworks.CONSTANT.emit(), PLAN)).getGraph();
    assertThat(operators(body(constant), "drift/")).isEmpty();
    assertThat(operators(constant, "drift/"))
        .containsExactly("Transpose", "MatMul", "Pad", "Identity");

    GraphProto moving =
        ModelProto.parseFrom(IntegrateGraph.build(DriftNetworks.MOVING.emit(), PLAN)).getGraph();
    assertThat(operators(moving, "drift/")).isEmpty();
    assertThat(operators(body(moving), "drift/")).containsExactly("Tanh", "Mul", "Identity");
  }

  @Test
  void shouldKeepNamesApartThatBothGraphsUse() {
    // Given a loop whose state is called like an output of ours, and an outer value that is, too
    OnnxGraph g = DriftNetworks.inputs();
    String trace = g.named("trace", g.op("Neg", "label_mask"));
    OnnxGraph body = new OnnxGraph("body", "b_");
    body.input("i", INT64);
    String go = body.input("go", BOOL);
    body.input("initial_head", FLOAT, "B", "N", "C");
    String sum = body.op("Add", "initial_head", body.op("Unsqueeze", trace, body.longs(2)));
    body.output(body.op("Identity", go), BOOL);
    body.output(sum, FLOAT, "B", "N", "C");
    String drift =
        g.op("Loop", List.of(OnnxGraph.attribute("body", body.build())), g.index(2), "", "head");
    g.output(g.named("drift", drift), FLOAT, "B", "N", "C");

    shouldAgree(OnnxGraph.model(g.build(), OnnxGraph.OPSETS).toByteArray(), PLAN);
  }

  @ParameterizedTest
  @ValueSource(longs = {18, 19, 20})
  void shouldKeepTheOperatorSetOfTheNetwork(long version) throws InvalidProtocolBufferException {
    ModelProto.Builder network =
        ModelProto.parseFrom(DriftNetworks.RESIDUAL.emit()).toBuilder().setIrVersion(8);
    network.getOpsetImportBuilder(0).setVersion(version);
    byte[] older = network.build().toByteArray();

    ModelProto integrate = ModelProto.parseFrom(IntegrateGraph.build(older, PLAN));
    assertThat(DriftContract.opset(integrate)).isEqualTo(version);
    shouldAgree(older, PLAN);
  }

  @Test
  void shouldGiveTheSameBytesForTheSameNetwork() {
    byte[] network = DriftNetworks.CONDITIONAL.emit();
    assertThat(IntegrateGraph.build(network, PLAN)).isEqualTo(IntegrateGraph.build(network, PLAN));
  }

  private static GraphProto body(GraphProto graph) {
    NodeProto loop =
        graph.getNodeList().stream()
            .filter(node -> node.getOpType().equals("Loop") && node.getOutputCount() == 5)
            .reduce((first, second) -> second)
            .orElseThrow();
    return loop.getAttribute(0).getG();
  }

  private static List<String> operators(GraphProto graph, String prefix) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().startsWith(prefix))
        .map(NodeProto::getOpType)
        .toList();
  }
}
