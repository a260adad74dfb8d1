package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.verify.Finding.Status;

/**
 * One thing that a bundle must keep, or that is worth knowing of it.
 *
 * @param <S> what is looked at
 */
abstract class BundleCheck<S> {

  private final String name;
  private final String expectation;

  /**
   * @param name in the report: lower-case letters and hyphens
   * @param expectation in words
   */
  BundleCheck(String name, String expectation) {
    this.name = name;
    this.expectation = expectation;
  }

  final String name() {
    return name;
  }

  final String expectation() {
    return expectation;
  }

  /**
   * Tries it.
   *
   * @throws ModelException if the model fails at run time, which fails the check
   */
  abstract Result run(S subject);

  /** The same as a finding of a report. */
  final Finding finding(S subject) {
    try {
      Result result = run(subject);
      return new Finding(name, result.status(), expectation, result.found());
    } catch (ModelException | IllegalArgumentException e) {
      return new Finding(name, Status.FAILED, expectation, e.getMessage());
    }
  }

  /**
   * How it ended.
   *
   * @param status not skipped
   * @param found in words
   */
  record Result(Status status, String found) {

    static Result ok(String found, Object... values) {
      return new Result(Status.OK, found.formatted(values));
    }

    static Result failed(String found, Object... values) {
      return new Result(Status.FAILED, found.formatted(values));
    }

    static Result note(String found, Object... values) {
      return new Result(Status.NOTE, found.formatted(values));
    }
  }
}
