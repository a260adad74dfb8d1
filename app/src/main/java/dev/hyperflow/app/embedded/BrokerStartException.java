package dev.hyperflow.app.embedded;

/** The embedded broker could not start. The message is one line that says why and what to do. */
public final class BrokerStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokerStartException(String message) {
    super(message);
  }

  BrokerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
