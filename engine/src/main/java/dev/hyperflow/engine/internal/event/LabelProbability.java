package dev.hyperflow.engine.internal.event;

/**
 * A label and its calibrated probability.
 *
 * @param probability in 0…1
 */
public record LabelProbability(String label, float probability) {}
