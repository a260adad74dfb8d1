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

  // Processors round in different orders, which tasks with a badly conditioned inverse magnify: six
  // seeds gave at most 3.5e-5 and 4.8e-5 on a processor with AVX-512.

  /** Of one drift, relative to its largest entry. */
  private static final double DRIFT_TOLERANCE = 7e-5;

  /** Of a whole trajectory, whose steps are each followed by a softmax. */
  private static final double TRAJECTORY_TOLERANCE = 1e-4;

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
    byte[] network = DriftExport.emit(parameters);
    try (OnnxSession once = new OnnxSession(network);
        OnnxSession loop =
            new OnnxSession(IntegrateGraph.build(network, DriftExport.plan(STEPS)))) {
      drift = once.run(batch.inputs(head, 0f)).get("drift").data;
      end = loop.run(batch.inputs()).get("head").data;
    }
    try (NDManager manager = PyTorch.manager()) {
      DjlTensors t = new DjlTensors(manager, parameters, false);
      SupportTensors<NDArray> task = TaskTensors.of(batch, t);
      DriftNetwork<NDArray> flow = new DriftNetwork<>(t, task);
      NDArray at = t.array(head, tasks, labels, features + 1L);

      // Then
      shouldBeClose(drift, flow.drift(at).toFloatArray(), DRIFT_TOLERANCE);
      NDArray start = Trajectory.start(t, task);
      shouldBeClose(
          end, Trajectory.end(t, flow, start, STEPS).toFloatArray(), TRAJECTORY_TOLERANCE);
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

  private static void shouldBeClose(float[] found, float[] expected, double tolerance) {
    assertThat(found).hasSameSizeAs(expected);
    double scale = 0;
    double error = 0;
    for (int i = 0; i < found.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      error = Math.max(error, Math.abs((double) found[i] - expected[i]));
    }
    assertThat(scale).isPositive();
    assertThat(error / Math.max(1, scale)).isLessThanOrEqualTo(tolerance);
  }
}
