package dev.hyperflow.models.internal.verify;

/**
 * What one check found.
 *
 * @param check name of the check, lower-case letters and hyphens
 * @param status how it ended
 * @param expected what was expected, in words
 * @param found what was found, in words, figures included
 */
public record Finding(String check, Status status, String expected, String found) {

  /** How a check ended. */
  public enum Status {
    /** As expected. */
    OK,
    /** Not as expected: the bundle should not serve. */
    FAILED,
    /** Worth knowing, and no reason to refuse the bundle. */
    NOTE,
    /** Not run, because an earlier check failed. */
    SKIPPED
  }

  /** One line: status, check, expectation and what was found. */
  @Override
  public String toString() {
    return "%-7s %s: expected %s; found %s".formatted(status, check, expected, found);
  }
}
