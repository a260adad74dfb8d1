package dev.hyperflow.engine.event;

/**
 * One decoded record, in the order of its partition.
 *
 * <p>Time is event time: {@link #timestampMillis()} is the record's timestamp in milliseconds since
 * the epoch, and the engine knows no other clock.
 */
public sealed interface Event {

  /** The tenant, i.e. the record's key. */
  String tenant();

  /** Event time, milliseconds since the epoch. */
  long timestampMillis();

  /** An event that changes a tenant's support set. */
  sealed interface Support extends Event {}

  /**
   * Adds a labelled example, or replaces the one with the same event id.
   *
   * @param weight the example's weight in the support loss; 1 is an ordinary example
   */
  record Add(
      String tenant,
      long timestampMillis,
      String eventId,
      String label,
      float weight,
      Payload payload)
      implements Support {}

  /** Removes the example that was added under {@code eventId}, as if it had never been there. */
  record Retract(String tenant, long timestampMillis, String eventId) implements Support {}

  /** Removes a label with all its examples. */
  record ForgetLabel(String tenant, long timestampMillis, String label) implements Support {}

  /** Removes all that is known of a tenant. */
  record ForgetTenant(String tenant, long timestampMillis) implements Support {}

  /** Asks for the label of a payload. */
  record Query(String tenant, long timestampMillis, String queryId, Payload payload)
      implements Event {}
}
