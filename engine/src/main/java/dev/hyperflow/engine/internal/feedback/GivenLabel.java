package dev.hyperflow.engine.internal.feedback;

/**
 * The true label of a query, as feedback told it.
 *
 * @param label the label
 * @param eventId the feedback's event id
 */
public record GivenLabel(String label, String eventId) {

  /** The same label with another name. */
  GivenLabel relabelled(String from, String to) {
    return label.equals(from) ? new GivenLabel(to, eventId) : this;
  }
}
