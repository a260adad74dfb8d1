package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** How long a head takes on one thread. */
final class SpeedCheck extends BundleCheck<Subject> {

  private static final int LABELS = 20;
  private static final int EXAMPLES = 100;
  private static final int LARGE_BATCH = 16;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 9;
  private static final double NANOS_PER_MS = 1e6;

  SpeedCheck() {
    super(
        "speed",
        "a figure: ms per head of %d labels and %d examples on one thread"
            .formatted(LABELS, EXAMPLES));
  }

  @Override
  Result run(Subject subject) {
    SupportSet task = subject.tasks().ordinary(LABELS, EXAMPLES, 40);
    return Result.note(
        "%.2f ms in batches of 1, %.2f in batches of %d (D = %d, median of %d)",
        millisPerHead(subject, task, 1),
        millisPerHead(subject, task, LARGE_BATCH),
        LARGE_BATCH,
        task.dimension(),
        ROUNDS);
  }

  private static double millisPerHead(Subject subject, SupportSet task, int batch) {
    List<SupportSet> tasks = new ArrayList<>(Collections.nCopies(batch, task));
    int labels = subject.buckets().labelBucket(task.labels());
    int examples = subject.buckets().supportBucket(task.examples());
    double[] millis = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = subject.nanos();
      subject.integrator().integrate(tasks, labels, examples);
      if (round >= 0) {
        millis[round] = (subject.nanos() - start) / NANOS_PER_MS / batch;
      }
    }
    Arrays.sort(millis);
    return millis[ROUNDS / 2];
  }
}
