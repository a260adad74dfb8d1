package dev.hyperflow.models.internal.verify;

/** The order of the examples does not matter, but for rounding. */
final class OrderCheck extends BundleCheck<Subject> {

  /** Sums in another order, over a whole trajectory in single precision. */
  private static final double TOLERANCE = 1e-3;

  OrderCheck() {
    super(
        "example-order",
        "heads that differ by at most %.0e of their largest weight when examples change places"
            .formatted(TOLERANCE));
  }

  @Override
  Result run(Subject subject) {
    double largest =
        subject.largest(
            task ->
                HeadDistance.relative(
                    subject.integrate(SampleTasks.shuffled(task)).adapted(),
                    subject.integrate(task).adapted()));
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g", largest)
        : Result.failed("up to %.2g", largest);
  }
}
