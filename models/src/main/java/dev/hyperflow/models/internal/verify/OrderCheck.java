package dev.hyperflow.models.internal.verify;

/** The order of the examples does not matter, but for rounding. */
final class OrderCheck extends BundleCheck {

  /** Sums in another order, over a whole trajectory in single precision. */
  private static final double TOLERANCE = 1e-3;

  OrderCheck() {
    super(
        "example-order",
        "heads that differ by at most %.0e of their largest weight when examples change places"
            .formatted(TOLERANCE));
  }

  @Override
<<<<<<< HEAD
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
=======
  Result run(Subject subject) {
    double largest =
        subject.largest(
            task ->
                Heads.relative(
                    subject.integrate(SampleTasks.shuffled(task)).adapted(),
                    subject.integrate(task).adapted()));
>>>>>>> h/models
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g", largest)
        : Result.failed("up to %.2g", largest);
  }
}
