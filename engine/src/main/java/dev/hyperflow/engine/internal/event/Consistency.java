package dev.hyperflow.engine.internal.event;

/** Which support events a query sees. */
public enum Consistency {
  /** Every support event before it in its partition: a stale head is integrated for the query. */
  FRESH,
  /**
   * Those behind the last finished head; stale heads are integrated in the background. Removals are
   * seen at once in either mode.
   */
  LATEST
}
