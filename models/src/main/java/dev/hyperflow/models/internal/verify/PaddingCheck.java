package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;

/** Padding to a task's own buckets and to the next ones changes nothing. */
final class PaddingCheck extends BundleCheck<Subject> {

  /*
   * Padding is a function of the task, so a few bits leave heads reproducible; a network that is
   * aware of its padding is off by more.
   */
  private static final double TOLERANCE = 1e-4;

  PaddingCheck() {
    super("padding", "the same bits however N and M are padded within the buckets");
  }

  @Override
  Result run(Subject subject) {
    int shapes = 0;
    double largest = 0;
    boolean exact = true;
    String worst = "";
    for (SupportSet task : subject.tasks().ordinary()) {
      Head tight = padded(subject, task, task.labels(), task.examples());
      for (int labels : sizes(subject.buckets().labels(), task.labels())) {
        for (int examples : sizes(subject.buckets().support(), task.examples())) {
          if (Buckets.exactlyPadded(task.labels(), labels)) {
            Head wide = padded(subject, task, labels, examples);
            double difference = HeadDistance.relative(wide, tight);
            exact &= wide.equals(tight);
            if (difference >= largest) {
              largest = difference;
              worst =
                  "N %d → %d, M %d → %d"
                      .formatted(task.labels(), labels, task.examples(), examples);
            }
            shapes++;
          }
        }
      }
    }
    if (exact) {
      return Result.ok("the same bits in %d shapes", shapes);
    }
    String found = "relative differences up to %.2g (%s) in %d shapes";
    return largest <= TOLERANCE
        ? Result.note(found, largest, worst, shapes)
        : Result.failed(found, largest, worst, shapes);
  }

  /** The bucket of so many, and the next one if there is one. */
  private static List<Integer> sizes(List<Integer> buckets, int count) {
    return buckets.stream().filter(size -> size >= count).limit(2).toList();
  }

  private static Head padded(Subject subject, SupportSet task, int labels, int examples) {
    return subject.integrator().integrate(List.of(task), labels, examples).get(0).adapted();
  }
}
