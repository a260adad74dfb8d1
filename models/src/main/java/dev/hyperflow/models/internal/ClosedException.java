package dev.hyperflow.models.internal;

/** A model was used after it was closed, for example by a request that was under way at a stop. */
public final class ClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /**
   * @param name what was closed
   */
  public ClosedException(String name) {
    super(name + " is closed");
  }
}
