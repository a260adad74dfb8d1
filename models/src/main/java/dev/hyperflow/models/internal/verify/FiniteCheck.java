package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;

/** Ordinary tasks, of every label bucket, have finite trajectories. */
final class FiniteCheck extends BundleCheck<Subject> {

  private static final int SEED = 60;

  FiniteCheck() {
    super("finite", "finite trajectories of ordinary tasks in every label bucket");
  }

  @Override
  Result run(Subject subject) {
    Buckets buckets = subject.buckets();
    List<SupportSet> tasks = new ArrayList<>(subject.tasks().ordinary());
    for (int labels : buckets.labels()) {
      tasks.add(subject.tasks().ordinary(labels, 2 * labels, SEED));
    }
    for (SupportSet task : tasks) {
      Integration result = subject.integrate(task);
      if (!result.trace().finite()) {
        return Result.failed("%s of %s", result.trace(), task);
      }
    }
    return Result.ok("%d finite trajectories", tasks.size());
  }
}
