package dev.hyperflow.engine.remember;

/**
 * Where an example is kept: a place in the ring of a label.
 *
 * @param labelId the tenant's number of the label, never reused for another label
 * @param place 0 … examples per label − 1
 */
public record Slot(int labelId, int place) {}
