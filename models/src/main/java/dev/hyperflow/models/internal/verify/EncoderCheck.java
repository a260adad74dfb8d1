package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Encoder;

/** One thing that an encoder must keep, or that is worth knowing of it. */
abstract class EncoderCheck {

  private final String name;
  private final String expectation;

  /**
   * @param name in the report: lower-case letters and hyphens
   * @param expectation in words
   */
  EncoderCheck(String name, String expectation) {
    this.name = name;
    this.expectation = expectation;
  }

  /**
   * Tries it.
   *
   * @throws ModelException if the model fails at run time, which fails the check
   */
  abstract BundleCheck.Result run(Encoder encoder);

  /** The same as a finding of a report. */
  final Finding finding(Encoder encoder) {
    try {
      BundleCheck.Result result = run(encoder);
      return new Finding(name, result.status(), expectation, result.found());
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(name, Finding.Status.FAILED, expectation, e.getMessage());
    }
  }
}
