package dev.hyperflow.app.demo;

/** The demo cannot begin. The message is one line that says why and what to do. */
public final class DemoSetupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DemoSetupException(String message) {
    super(message);
  }

  DemoSetupException(String message, Throwable cause) {
    super(message, cause);
  }
}
