package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.reference.ReferenceIntegrator;

/** {@code integrate.onnx} goes where {@code drift.onnx} leads. */
final class ReferenceCheck extends BundleCheck<Subject> {

  /** Relative to the largest weight, over a whole trajectory in single precision. */
  private static final double TOLERANCE = 1e-4;

  ReferenceCheck() {
    super(
        "follows-drift",
        "heads within %.0e of those of drift.onnx followed step by step".formatted(TOLERANCE));
  }

  @Override
  Result run(Subject subject) {
    ReferenceIntegrator reference = ReferenceIntegrator.of(subject.manifest(), subject.field());
    double largest =
        subject.largest(
            task -> {
              Integration fused = subject.integrate(task);
              Integration expected = reference.integrate(fused.initial(), task);
              return HeadDistance.relative(fused.adapted(), expected.adapted());
            });
    int steps = subject.manifest().steps();
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g off after %d Euler steps", largest, steps)
        : Result.failed("up to %.2g off after %d Euler steps", largest, steps);
  }
}
