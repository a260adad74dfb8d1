package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.reference.ReferenceIntegrator;

/** {@code integrate.onnx} goes where {@code drift.onnx} leads. */
final class ReferenceCheck implements BundleCheck {

  /** Relative to the largest weight, over a whole trajectory in single precision. */
  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "follows-drift";
  }

  @Override
  public String expectation() {
    return "heads within %.0e of those of drift.onnx followed step by step".formatted(TOLERANCE);
  }

  @Override
  public Result run(Subject subject) {
    ReferenceIntegrator reference = ReferenceIntegrator.of(subject.manifest(), subject.field());
    double largest = 0;
    for (SupportSet task : subject.tasks().ordinary()) {
      Integration fused = subject.integrate(task);
      Integration expected = reference.integrate(fused.initial(), task);
      largest = Math.max(largest, Heads.relative(fused.adapted(), expected.adapted()));
    }
    String stepping = subject.manifest().integrator();
    int steps = subject.manifest().steps();
    return largest <= TOLERANCE
        ? Result.ok("at most %.2g off after %d steps of %s", largest, steps, stepping)
        : Result.failed("up to %.2g off after %d steps of %s", largest, steps, stepping);
  }
}
