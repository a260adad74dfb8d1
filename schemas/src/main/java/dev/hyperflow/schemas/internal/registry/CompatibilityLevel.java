package dev.hyperflow.schemas.internal.registry;

/**
 * What a new schema of a subject must be able to do with the data of its earlier versions. Names as
 * in Confluent's REST API.
 */
public enum CompatibilityLevel {
  /** Anything goes. */
  NONE,
  /** The new schema reads what the latest version wrote. */
  BACKWARD,
  /** The new schema reads what any version wrote. */
  BACKWARD_TRANSITIVE,
  /** The latest version reads what the new schema writes. */
  FORWARD,
  /** Every version reads what the new schema writes. */
  FORWARD_TRANSITIVE,
  /** Backward and forward with the latest version. */
  FULL,
  /** Backward and forward with every version. */
  FULL_TRANSITIVE;

  boolean backward() {
    return this == BACKWARD || this == BACKWARD_TRANSITIVE || full();
  }

  boolean forward() {
    return this == FORWARD || this == FORWARD_TRANSITIVE || full();
  }

  boolean transitive() {
    return this == BACKWARD_TRANSITIVE || this == FORWARD_TRANSITIVE || this == FULL_TRANSITIVE;
  }

  private boolean full() {
    return this == FULL || this == FULL_TRANSITIVE;
  }
}
