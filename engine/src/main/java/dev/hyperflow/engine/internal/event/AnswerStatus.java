package dev.hyperflow.engine.internal.event;

/** How an answer came about. The names are written to predictions: a public contract. */
public enum AnswerStatus {
  /** Answered with a head adapted to the tenant's support set. */
  PERSONALISED,
  /**
   * The tenant knows a single label so far, or knows its labels by their descriptions only: there
   * is little to tell them apart by.
   */
  COLD_START,
  /** The tenant has no labels: no label is given. */
  NO_LABELS,
  /**
   * Answered with the tenant's last head, which is older than its support set, as the tenant's
   * limit on integrations was reached.
   */
  RATE_LIMITED,
  /**
   * The query probably belongs to none of the tenant's labels. The most probable ones are given all
   * the same. This status stands before {@link #RATE_LIMITED} and {@link #COLD_START}.
   */
  NONE_OF_THESE
}
