package dev.hyperflow.server.http;

/** The HTTP server cannot start. The message is one line. */
public final class ServerStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was expected and found. */
  public ServerStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
