package dev.hyperflow.engine.internal.remember;

/** The parts of a tenant's memory do not fit each other: one of their stores lost records. */
public final class TornMemoryException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /** A memory whose meta record names an example that is not there. */
  static TornMemoryException missing(String tenant, Slot slot) {
    return new TornMemoryException(
        "support memory of tenant '%s': expected an example in %s, found none"
            .formatted(tenant, slot));
  }

  /** A memory whose meta record names what the store of examples lacks. */
  public TornMemoryException(String message) {
    super(message);
  }
}
