package dev.hyperflow.topology;

/** A check at start-up failed. The message is one line: what was expected, what was found. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartupException(String message) {
    super(message);
  }

  StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
