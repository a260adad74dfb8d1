package dev.hyperflow.models;

/**
 * A bundle cannot be used. The message is one line that names the bundle, what was expected and
 * what was found; it is meant for the person who starts the application.
 */
public final class BundleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BundleException(String message) {
    super(message);
  }

  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
