package dev.hyperflow.topology.internal.view;

/** State cannot be read now, as it is moved, restored or written to; it may be in a moment. */
public final class StateUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean written;

  StateUnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.written = false;
  }

  /** The tenant is being written to. */
  StateUnavailableException(String message) {
    super(message);
    this.written = true;
  }

  /** Whether it is but being written to, which passes in less than a moment. */
  public boolean isWritten() {
    return written;
  }
}
