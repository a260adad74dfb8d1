package dev.hyperflow.models;

/**
 * A model that had loaded failed at run time, for example because native memory ran out. The input
 * was valid as far as the contract goes; running the same call again may succeed.
 */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }

  public ModelException(String message) {
    super(message);
  }
}
