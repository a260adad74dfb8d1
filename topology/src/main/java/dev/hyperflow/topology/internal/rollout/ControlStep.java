package dev.hyperflow.topology.internal.rollout;

/**
 * A control record that was read.
 *
 * @param timestampMillis the record's timestamp, milliseconds since the epoch
 * @param action what it asks for
 * @param location where the bundle is; null where the action needs none
 */
public record ControlStep(long timestampMillis, String action, String location) {}
