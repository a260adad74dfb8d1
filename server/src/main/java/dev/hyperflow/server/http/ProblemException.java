package dev.hyperflow.server.http;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  private ProblemException(Problem problem) {
    super(problem.message());
    this.problem = problem;
  }

  /** A refusal of the whole request. */
  public static ProblemException of(ErrorCode code, String message) {
    return new ProblemException(new Problem(code.status(), code, message, null, null, null, null));
  }

  /** A refusal of a field. */
  public static ProblemException ofField(ErrorCode code, String field, String message) {
    return new ProblemException(new Problem(code.status(), code, message, null, field, null, null));
  }

  /** A refusal that may pass. */
  public static ProblemException retryable(ErrorCode code, String message, long retryAfterMillis) {
    return new ProblemException(
        new Problem(code.status(), code, message, null, null, "try again", retryAfterMillis));
  }

  /** The same with what to do about it. */
  public ProblemException withHint(String hint) {
    return new ProblemException(
        new Problem(
            problem.status(),
            problem.code(),
            problem.message(),
            problem.reason(),
            problem.field(),
            hint,
            problem.retryAfterMillis()));
  }

  /** The same with the reason that the engine gives, in the words of dead letters. */
  public ProblemException withReason(String reason) {
    return new ProblemException(
        new Problem(
            problem.status(),
            problem.code(),
            problem.message(),
            reason,
            problem.field(),
            problem.hint(),
            problem.retryAfterMillis()));
  }

  /** The body that the caller gets. */
  public Problem problem() {
    return problem;
  }
}
