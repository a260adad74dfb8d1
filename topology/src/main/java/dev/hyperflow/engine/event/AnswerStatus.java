package dev.hyperflow.engine.event;

/** How much of a tenant's own data stands behind an answer. */
public enum AnswerStatus {
  /** Answered with a head adapted to the tenant's support set. */
  PERSONALISED,
  /** The tenant knows a single label so far: there is nothing to tell apart yet. */
  COLD_START,
  /** The tenant has no labels: no label is given. */
  NO_LABELS
}
