package dev.hyperflow.app.tenant;

/** The application cannot be asked, or refuses. The message is one line that says what to do. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What kind of trouble it is. */
  public enum Kind {
    /** The application does not answer at all, or not as its API does. */
    UNREACHABLE,
    /** The application refuses the request, and will refuse it again. */
    REFUSED,
    /** Nothing is known of the tenant. */
    UNKNOWN_TENANT,
    /** It failed, or did not come to its end in time. */
    FAILED
  }

  private final Kind kind;

  ApiException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  ApiException(Kind kind, String message) {
    this(kind, message, null);
  }

  /** What kind of trouble it is. */
  public Kind kind() {
    return kind;
  }
}
