package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.Head;

/** When labels change places, so do the rows of the head, and nothing else. */
final class LabelOrderCheck extends BundleCheck<Subject> {

  private static final double TOLERANCE = 1e-3;

  LabelOrderCheck() {
    super(
        "label-order",
        "rows that change places with their labels, within %.0e of the largest weight"
            .formatted(TOLERANCE));
  }

  @Override
  Result run(Subject subject) {
    double largest =
        subject.largest(
            task ->
                HeadDistance.relative(
                    turnedBack(subject.integrate(SampleTasks.relabelled(task)).adapted()),
                    subject.integrate(task).adapted()));
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g", largest)
        : Result.note("up to %.2g: the network knows its labels by their places", largest);
  }

  private static Head turnedBack(Head head) {
    float[] weights = head.toArray();
    float[] turned = new float[weights.length];
    int columns = head.dimension() + 1;
    for (int row = 0; row < head.labels(); row++) {
      int from = (head.labels() - 1 - row) * columns;
      System.arraycopy(weights, from, turned, row * columns, columns);
    }
    return Head.of(head.labels(), head.dimension(), turned);
  }
}
