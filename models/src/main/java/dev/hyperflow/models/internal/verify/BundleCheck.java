package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.verify.Finding.Status;

/** One thing that a bundle must keep, or that is worth knowing of it. */
interface BundleCheck {

  /** Name in the report: lower-case letters and hyphens. */
  String name();

  /** What is expected, in words. */
  String expectation();

  /**
   * Tries it.
   *
   * @throws ModelException if the model fails at run time, which fails the check
   */
  Result run(Subject subject);

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
