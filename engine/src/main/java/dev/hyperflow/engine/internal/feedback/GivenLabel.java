package dev.hyperflow.engine.internal.feedback;

/**
 * The true label of a query, as feedback told it.
 *
 * @param label the label
 * @param eventId the feedback's event id
 */
public record GivenLabel(String label, String eventId) {}
