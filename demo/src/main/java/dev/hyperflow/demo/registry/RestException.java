package dev.hyperflow.demo.registry;

/** A request that never gets as far as the registry. */
final class RestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  RestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** Returns the HTTP status, which is the error code too. */
  int status() {
    return status;
  }
}
