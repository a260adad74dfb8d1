/**
 * Bundles as files: found, checked, loaded, written.
 *
 * <p>What a manifest says stands in {@code dev.hyperflow.models.internal}; running the networks
 * belongs next door, in {@code onnx} and {@code device}.
 */
package dev.hyperflow.models.internal.bundle;
