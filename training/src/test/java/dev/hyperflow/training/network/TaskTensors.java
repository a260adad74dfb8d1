package dev.hyperflow.training.network;

import ai.djl.ndarray.NDArray;
import dev.hyperflow.models.internal.graph.TaskBatch;
import dev.hyperflow.training.tensor.DjlTensors;
import java.util.Arrays;

/** Tasks as the trainer lays them out. */
final class TaskTensors {

  private TaskTensors() {}

  static SupportTensors<NDArray> of(TaskBatch batch, DjlTensors t) {
    ArrayTasks arrays = new ArrayTasks(batch.tasks, batch.examples, batch.labels, batch.features);
    for (int row = 0; row < batch.tasks * batch.examples; row++) {
      int from = row * batch.features;
      float[] x = Arrays.copyOfRange(batch.support, from, from + batch.features);
      for (int label = 0; label < batch.labels; label++) {
        float weight = batch.membership[row * batch.labels + label];
        if (weight > 0) {
          arrays.put(row / batch.examples, row % batch.examples, label, weight, x);
        }
      }
    }
    return arrays.arrays(t);
  }
}
