package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.SupportSet;

/** The order of the examples does not matter, but for rounding. */
final class OrderCheck implements BundleCheck {

  /** Sums in another order, over a whole trajectory in single precision. */
  private static final double TOLERANCE = 1e-3;

  @Override
  public String name() {
    return "example-order";
  }

  @Override
  public String expectation() {
    return "heads that differ by at most %.0e of their largest weight when examples change places"
        .formatted(TOLERANCE);
  }

  @Override
  public Result run(Subject subject) {
    double largest = 0;
    for (SupportSet task : subject.tasks().ordinary()) {
      largest =
          Math.max(
              largest,
              HeadDistance.relative(
                  subject.integrate(SampleTasks.shuffled(task)).adapted(),
                  subject.integrate(task).adapted()));
    }
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g", largest)
        : Result.failed("up to %.2g", largest);
  }
}
