/**
 * Integration step by step in plain Java over a {@link dev.hyperflow.models.internal.DriftField}:
 * what {@code integrate.onnx} must agree with. Slow and plain on purpose; nothing serves with it.
 * What judges bundles by it is in {@code dev.hyperflow.models.internal.verify}.
 */
package dev.hyperflow.models.internal.reference;
