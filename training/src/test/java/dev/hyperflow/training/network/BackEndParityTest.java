package dev.hyperflow.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.OnnxSession;
import dev.hyperflow.models.internal.graph.TaskBatch;
import dev.hyperflow.training.tensor.DjlTensors;
import dev.hyperflow.training.tensor.PyTorch;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One formula, two back ends, one result. */
class BackEndParityTest {

  // Processors round in different orders, and a badly conditioned task magnifies that. It magnifies
  // the rounding of its inputs as well: over four seeds, with AVX-512, the back ends differed by at
  // most 3.9 times what one more rounding of all features moves, or by less than the tolerances.

  /** Of one drift, relative to its largest entry. */
  private static final double DRIFT_TOLERANCE = 1e-5;

  /** Of a whole trajectory: six times the rounding, each followed by a softmax. */
  private static final double TRAJECTORY_TOLERANCE = 5e-5;

  /** Of what rounding the features moves, where that is more. */
  private static final double ROUNDINGS = 6;

  private static final int STEPS = 6;
  private static final long SEED = 20_260_102;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2", // one example of one label
    "3, 5, 5, 96", // one-shot
    "3, 40, 4, 96", // dual
    "2, 97, 20, 96", // primal, M padded to 128
    "2, 300, 33, 64", // primal, several blocks
    "2, 150, 100, 70", // primal, D not a multiple of a block
    "2, 60, 3, 7", // fewer features than a block
    "2, 330, 20, 384", // more examples than are judged, in the dual form
    "4, 100, 20, 384" // as in production
  })
  void shouldAgree(int tasks, int examples, int labels, int features) {
    // Given ragged tasks, parameters of an untrained but lively network, and any head
    Random random = new Random(SEED);
    TaskBatch batch = TaskBatch.ragged(random, tasks, examples, labels, features);
    Parameters parameters = RandomParameters.of(random);
    float[] head = head(random, batch);

    // When both back ends compute the drift there, and the end of the trajectory
    float[] drift;
    float[] end;
    double driftMoves;
    double endMoves;
    byte[] network = DriftExport.emit(parameters);
    try (OnnxSession once = new OnnxSession(network);
        OnnxSession loop =
            new OnnxSession(IntegrateGraph.build(network, DriftExport.plan(STEPS)))) {
      drift = once.run(batch.inputs(head, 0f)).get("drift").data;
      end = loop.run(batch.inputs()).get("head").data;
      float[] exact = batch.support.clone();
      round(random, batch.support);
      driftMoves = error(once.run(batch.inputs(head, 0f)).get("drift").data, drift);
      endMoves = error(loop.run(batch.inputs()).get("head").data, end);
      System.arraycopy(exact, 0, batch.support, 0, exact.length);
    }
    try (NDManager manager = PyTorch.manager()) {
      DjlTensors t = new DjlTensors(manager, parameters, false);
      SupportTensors<NDArray> task = TaskTensors.of(batch, t);
      DriftNetwork<NDArray> flow = new DriftNetwork<>(t, task);
      NDArray at = t.array(head, tasks, labels, features + 1L);

      // Then
      shouldBeClose(
          drift, flow.drift(at).toFloatArray(), Math.max(DRIFT_TOLERANCE, ROUNDINGS * driftMoves));
      NDArray start = Trajectory.start(t, task);
      shouldBeClose(
          end,
          Trajectory.end(t, flow, start, STEPS).toFloatArray(),
          Math.max(TRAJECTORY_TOLERANCE, ROUNDINGS * endMoves));
    }
  }

  /** A head of unit size, zero for padded labels. */
  private static float[] head(Random random, TaskBatch batch) {
    int columns = batch.features + 1;
    float[] head = new float[batch.tasks * batch.labels * columns];
    for (int i = 0; i < head.length; i++) {
      head[i] = batch.mask[i / columns] * (float) random.nextGaussian() / 4;
    }
    return head;
  }

  /** Moves each value to a neighbour. */
  private static void round(Random random, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= random.nextBoolean() ? 1 + 0x1p-23f : 1 - 0x1p-24f;
    }
  }

  private static void shouldBeClose(float[] found, float[] expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    assertThat(error(found, expected)).isLessThanOrEqualTo(tolerance);
  }

  /** The largest, relative to the largest expected value. */
  private static double error(float[] found, float[] expected) {
    double scale = 0;
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) found[i] - expected[i]));
    }
    assertThat(scale).isPositive();
    return error / Math.max(1, scale);
  }
}
