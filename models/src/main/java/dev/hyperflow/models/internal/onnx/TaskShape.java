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

  /** A function of the task alone. */
  static TaskShape of(SupportSet task, Buckets buckets) {
    return new TaskShape(
        task.dimension(),
        buckets.labelBucket(task.labels()),
        buckets.supportBucket(task.examples()));
  }
}
