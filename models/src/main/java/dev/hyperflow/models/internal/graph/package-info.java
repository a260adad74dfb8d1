/**
 * Writes and rewrites ONNX graphs; never runs one. Here belong the emitter of the analytic drift
 * network ({@link dev.hyperflow.models.internal.graph.AnalyticDrift}), the contract of {@code
 * drift.onnx} ({@link dev.hyperflow.models.internal.graph.DriftContract}) and the surgery that
 * wraps any such network in a fused loop ({@link
 * dev.hyperflow.models.internal.graph.IntegrateGraph}). Loading and running the results belongs
 * next door, in {@code dev.hyperflow.models.internal.onnx}.
 *
 * <p>Letters for axis sizes: B tasks in a batch, N labels, M support examples, D features.
 */
package dev.hyperflow.models.internal.graph;
