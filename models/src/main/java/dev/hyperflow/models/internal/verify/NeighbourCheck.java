package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A task gives the same alone and in any batch. */
final class NeighbourCheck extends BundleCheck<Subject> {

  private static final int BATCH = 16;

  NeighbourCheck() {
    super("batch", "the same bits alone and in batches of " + BATCH);
  }

  @Override
  Result run(Subject subject) {
    List<SupportSet> tasks = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      tasks.add(subject.tasks().ordinary(2 + i, 3 + 4 * i, 20 + i));
    }
    int labels = tasks.stream().mapToInt(SupportSet::labels).max().orElseThrow();
    int examples = tasks.stream().mapToInt(SupportSet::examples).max().orElseThrow();
    int n = subject.buckets().labelBucket(labels);
    int m = subject.buckets().supportBucket(examples);
    List<Integration> together = subject.integrator().integrate(tasks, n, m);
    List<SupportSet> turned = new ArrayList<>(tasks);
    Collections.reverse(turned);
    List<Integration> otherwise = subject.integrator().integrate(turned, n, m);
    double largest = 0;
    int different = 0;
    for (int i = 0; i < BATCH; i++) {
      Integration alone = subject.integrator().integrate(List.of(tasks.get(i)), n, m).get(0);
      for (Integration among : List.of(together.get(i), otherwise.get(BATCH - 1 - i))) {
        different += among.equals(alone) ? 0 : 1;
        largest = Math.max(largest, HeadDistance.difference(among.adapted(), alone.adapted()));
      }
    }
    return different == 0
        ? Result.ok("the same bits in %d places", 2 * BATCH)
        : Result.failed("%d of %d places differ, by up to %.2g", different, 2 * BATCH, largest);
  }
}
