package dev.hyperflow.topology.errors;

/** A check at start-up failed. The message is one line: what was expected, what was found. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure without another behind it. */
  public StartupException(String message) {
    super(message);
  }

  /** What lies at the root of an exception, in one line. */
  public static String root(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null || root.getMessage().isBlank()
        ? root.getClass().getSimpleName()
        : root.getMessage().replaceAll("\\s+", " ").strip();
  }

  /** A failure with the exception behind it, which may be null. */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
