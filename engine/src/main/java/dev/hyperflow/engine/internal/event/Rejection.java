package dev.hyperflow.engine.internal.event;

/**
 * A refusal of one record: an expected outcome, not an exception.
 *
 * @param message names the field, the value and what was expected
 */
public record Rejection(Stage stage, Reason reason, String message) {}
