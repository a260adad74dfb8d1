package dev.hyperflow.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.hyperflow.models.internal.graph.TaskBatch;
import dev.hyperflow.training.tensor.DjlTensors;
import dev.hyperflow.training.tensor.PyTorch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SupportStatisticsTest {
  private static final int EXAMPLES = 160;
  private static final int LABELS = 8;
  private static final int FEATURES = 64;
  private static final double NEUTRAL = Math.pow(0.03 * 0.1 * 0.4 * 1.2, 0.25);

  @Test
  void shouldRegulariseNoisyLabelsMoreThanCleanOnes() {
    float clean = regularisation(task(0, EXAMPLES));
    float noisy = regularisation(task(0.5, EXAMPLES));

    assertThat(noisy).isGreaterThan(3 * clean);
  }

  @Test
  void shouldStartInTheMiddleWhereNothingCanBeLeftOut() {
    assertThat((double) regularisation(task(0, LABELS))).isCloseTo(NEUTRAL, within(1e-4));
  }

  /** One task in which a label has a direction of its own, and a share of labels is wrong. */
  private static TaskBatch task(double wrong, int examples) {
    Random random = new Random(5);
    TaskBatch task = new TaskBatch(1, EXAMPLES, LABELS, FEATURES);
    float[][] centres = new float[LABELS][];
    for (int label = 0; label < LABELS; label++) {
      centres[label] = task.direction(random);
    }
    for (int example = 0; example < examples; example++) {
      int label = example % LABELS;
      float[] x = task.direction(random);
      for (int d = 0; d < FEATURES; d++) {
        x[d] = (x[d] + centres[label][d]) / (float) Math.sqrt(2);
      }
      boolean isWrong = random.nextDouble() < wrong;
      task.set(0, example, isWrong ? random.nextInt(LABELS) : label, 1f, x);
    }
    return task;
  }

  private static float regularisation(TaskBatch tasks) {
    try (NDManager manager = PyTorch.manager()) {
      DjlTensors t = new DjlTensors(manager, NetworkLayout.initial(1), false);
      SupportTensors<NDArray> task = TaskTensors.of(tasks, t);
      SupportSets<NDArray> sets = new SupportSets<>(t, task);
      return new SupportStatistics<>(t, sets, task).regularisation().getFloat(0, 0, 0);
    }
  }
}
