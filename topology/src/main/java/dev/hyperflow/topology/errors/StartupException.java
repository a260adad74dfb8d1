package dev.hyperflow.topology.errors;

/** A check at start-up failed. The message is one line: what was expected, what was found. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure without another behind it. */
  public StartupException(String message) {
    super(message);
  }

  /** A failure with the exception behind it, which may be null. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
