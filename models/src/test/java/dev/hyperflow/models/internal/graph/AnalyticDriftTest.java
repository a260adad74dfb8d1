package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalyticDriftTest {

  /** Of a whole trajectory in single precision, relative to the largest weight of the head. */
  private static final double TRAJECTORY_TOLERANCE = 1e-3;

  /** Of one step from a head of unit size. */
  private static final double STEP_TOLERANCE = 1e-4;

  private static final double PROTOTYPE_TOLERANCE = 1e-6;
  private static final long SEED = 20_260_101;

  private static final AnalyticFlow FLOW = AnalyticFlow.standard();
  private static OnnxSession integrate;

  @BeforeAll
  static void open() {
    integrate = new OnnxSession(IntegrateGraph.build(AnalyticDrift.emit(FLOW), FLOW.plan()));
  }

  @AfterAll
  static void close() {
    integrate.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2", // one example of one label
    "3, 5, 5, 96", // one-shot
    "3, 40, 4, 96", // dual
    "2, 97, 20, 96", // dual no more: padded to 128
    "2, 300, 33, 64", // primal, several blocks
    "2, 150, 100, 70", // primal, D not a multiple of a block
    "2, 60, 3, 7" // fewer features than a block
  })
  void shouldFollowTheFlowInDoublePrecision(int tasks, int examples, int labels, int features) {
    // Given
    Random random = new Random(SEED);
    TaskBatch batch = TaskBatch.ragged(random, tasks, examples, labels, features);

    // When
    Map<String, Values> result = integrate.run(batch.inputs());

    // Then
    for (int task = 0; task < tasks; task++) {
      AnalyticReference reference = new AnalyticReference(FLOW, batch, task);
      assertClose(
          batch, task, result.get("initial_head"), reference.prototypes(), PROTOTYPE_TOLERANCE);
      assertClose(batch, task, result.get("head"), reference.integrate(), TRAJECTORY_TOLERANCE);
    }
  }

  @Test
  void shouldBeAFieldAwayFromItsTrajectoryToo() {
    // Given a head that no trajectory visits, and another flow
    AnalyticFlow flow = new AnalyticFlow(2f, 3f, 0.5f, 1f, 1, 1f);
    Random random = new Random(SEED);
    TaskBatch batch = TaskBatch.full(random, 1, 24, 4, 16);
    float[] head = new float[4 * 17];
    for (int i = 0; i < head.length; i++) {
      head[i] = (float) random.nextGaussian();
    }

    // When drift and reference take one full step from there
    float[] drift;
    try (OnnxSession session = new OnnxSession(AnalyticDrift.emit(flow))) {
      drift = session.run(batch.inputs(head, 0f)).get("drift").data;
    }

    // Then
    double[][] expected = new AnalyticReference(flow, batch, 0).stepFrom(head);
    for (int i = 0; i < head.length; i++) {
      assertThat((double) head[i] + drift[i])
          .isCloseTo(expected[i / 17][i % 17], within(STEP_TOLERANCE));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 40", "10, 40", "30, 40", "10, 200", "30, 200"})
  void shouldKeepItsPrecisionForLongFeatures(float length, int examples) {
    // Given features of that length, and a head of the order of the anchor
    Random random = new Random(SEED);
    TaskBatch batch = new TaskBatch(1, examples, 4, 64);
    for (int m = 0; m < examples; m++) {
      float[] features = batch.direction(random);
      for (int d = 0; d < features.length; d++) {
        features[d] *= length;
      }
      batch.set(0, m, m % 4, 1f, features);
    }
    float[] head = new float[4 * 65];
    for (int i = 0; i < head.length; i++) {
      head[i] = 0.1f * length * (float) random.nextGaussian();
    }

    // When
    float[] drift;
    try (OnnxSession session = new OnnxSession(AnalyticDrift.emit(FLOW))) {
      drift = session.run(batch.inputs(head, 0f)).get("drift").data;
    }

    // Then
    double[][] expected = new AnalyticReference(FLOW, batch, 0).stepFrom(head);
    double scale = 0;
    double error = 0;
    for (int i = 0; i < head.length; i++) {
      double step = expected[i / 65][i % 65] - head[i];
      scale = Math.max(scale, Math.abs(step));
      error = Math.max(error, Math.abs(step - drift[i]));
    }
    assertThat(error / scale).isLessThan(TRAJECTORY_TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({"30, 96", "90, 96", "200, 96"})
  void shouldStayFiniteOnDegenerateTasks(int examples, int features) {
    // Given extreme weights, duplicates, zero features, one label, single examples
    Random random = new Random(SEED);
    TaskBatch batch = new TaskBatch(6, examples, 8, features);
    float[] same = batch.direction(random);
    for (int m = 0; m < examples; m++) {
      float extreme = (float) Math.pow(10, 6 * random.nextDouble() - 3);
      batch.set(0, m, m % 8, extreme, batch.direction(random));
      batch.set(1, m, m % 8, 1f, same);
      batch.set(2, m, m % 8, 1f, new float[features]);
      batch.set(3, m, 0, 1000f, batch.direction(random));
      batch.set(4, m, m % 8, 1000f, m % 2 == 0 ? same : batch.direction(random));
    }
    for (int n = 0; n < 8; n++) {
      batch.set(5, n, n, 1e-3f, batch.direction(random));
    }

    // When
    Map<String, Values> result = integrate.run(batch.inputs());

    // Then the head is finite and no worse than the start
    assertThat(result.get("head").data).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
    for (int task = 0; task < 6; task++) {
      double start = EulerReference.loss(batch, task, result.get("initial_head").data);
      double end = EulerReference.loss(batch, task, result.get("head").data);
      assertThat(end).isFinite().isLessThanOrEqualTo(start + PROTOTYPE_TOLERANCE);
    }
  }

  @Test
  void shouldFitTheSupportSetBetterThanThePrototypes() {
    // Given
    TaskBatch batch = TaskBatch.full(new Random(SEED), 4, 100, 20, 96);

    // When
    float[] trace = integrate.run(batch.inputs()).get("trace").data;

    // Then loss and drift have both shrunk, and the flow is about to rest
    int points = FLOW.steps() + 1;
    for (int task = 0; task < 4; task++) {
      int first = task * points * 2;
      int last = first + (points - 1) * 2;
      assertThat(trace[last + 1]).isLessThan(trace[first + 1] / 2);
      assertThat(trace[last]).isLessThan(trace[first] / 10);
    }
  }

  private static void assertClose(
      TaskBatch batch, int task, Values heads, double[][] expected, double tolerance) {
    int columns = batch.features + 1;
    double scale = 0;
    double error = 0;
    for (int n = 0; n < batch.labels; n++) {
      for (int d = 0; d < columns; d++) {
        float actual = heads.data[(task * batch.labels + n) * columns + d];
        scale = Math.max(scale, Math.abs(expected[n][d]));
        error = Math.max(error, Math.abs(actual - expected[n][d]));
      }
    }
    assertThat(error / scale).isLessThan(tolerance);
  }
}
