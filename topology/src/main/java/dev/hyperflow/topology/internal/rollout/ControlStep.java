package dev.hyperflow.topology.internal.rollout;

/**
 * A control record that was read, and what became of it on this instance.
 *
 * @param timestampMillis the record's timestamp, milliseconds since the epoch
 * @param action what it asks for
 * @param location where the bundle is; null where the action needs none
 * @param outcome what became of it
 * @param why why it was refused; null where it was not
 */
public record ControlStep(
    long timestampMillis, String action, String location, Outcome outcome, String why) {

  /** What became of a control record. */
  public enum Outcome {
    /** It waits for the change before it. */
    WAITING,
    /** The instance does, or did, what it asks for. */
    ACCEPTED,
    /** It was not carried out; the bundles stay as they were. */
    REFUSED
  }
}
