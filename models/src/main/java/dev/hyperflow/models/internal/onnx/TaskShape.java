package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.SupportSet;

/**
 * The padded shape of a task: what it shares with the tasks it may share a run with.
 *
 * @param dimension D
 * @param labels padded N
 * @param examples padded M
 */
record TaskShape(int dimension, int labels, int examples) {

  /**
   * The smallest buckets that hold a task, a function of the task alone.
   *
   * @throws IllegalArgumentException if the task has more labels or examples than any bucket
   */
  static TaskShape of(SupportSet task, Buckets buckets) {
    return new TaskShape(
        task.dimension(),
        buckets.labelBucket(task.labels()),
        buckets.supportBucket(task.examples()));
  }
}
