package dev.hyperflow.server.http;

import java.util.Map;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_SHOWN = 60;

  private final transient Problem problem;
  private final transient Map<String, String> headers;

  private ProblemException(Problem problem, Map<String, String> headers) {
    super(problem.message());
    this.problem = problem;
    this.headers = headers;
  }

  private static ProblemException of(Problem problem) {
    return new ProblemException(problem, Map.of());
  }

  /** A refusal of the whole request. */
  public static ProblemException of(ErrorCode code, String message) {
    return of(new Problem(code.status(), code, message, null, null, null, null));
  }

  /** A refusal of a field. */
  public static ProblemException ofField(ErrorCode code, String field, String message) {
    return of(new Problem(code.status(), code, message, null, field, null, null));
  }

  /**
   * A refusal of a field's value.
   *
   * @param flaw what was expected and found; the message begins with the field
   */
  public static ProblemException invalid(String field, String flaw) {
    return ofField(ErrorCode.INVALID, field, field + ": " + flaw);
  }

  /**
   * A refusal of a caller without a token, or with one that does not count (RFC 6750).
   *
   * @param expected what the header {@code Authorization} should have
   * @param found whether it has a token at all
   */
  public static ProblemException unauthenticated(String expected, boolean found) {
    return of(
            ErrorCode.UNAUTHENTICATED,
            "Authorization: expected %s, found %s".formatted(expected, found ? "another" : "none"))
        .withHeader("WWW-Authenticate", found ? "Bearer error=\"invalid_token\"" : "Bearer");
  }

  /** A refusal that may pass. */
  public static ProblemException retryable(ErrorCode code, String message, long retryAfterMillis) {
    return of(new Problem(code.status(), code, message, null, null, "try again", retryAfterMillis));
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
            problem.retryAfterMillis()),
        headers);
  }

  /** The same with a header for the caller. */
  public ProblemException withHeader(String name, String value) {
    return new ProblemException(problem, Map.of(name, value));
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
            problem.retryAfterMillis()),
        headers);
  }

  /** The beginning of a text of the caller, for a message. */
  static String shown(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
  }

  /** The body that the caller gets. */
  public Problem problem() {
    return problem;
  }

  /** The answer that the caller gets. */
  public Reply reply() {
    return Reply.of(problem).with(headers);
  }
}
