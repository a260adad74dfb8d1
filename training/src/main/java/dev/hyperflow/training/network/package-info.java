/**
 * The drift network, written once against {@link dev.hyperflow.training.tensor.Tensors}: its
 * formula, its parameters and their file, and its export as {@code drift.onnx}. How parameters come
 * to their values belongs next door, in {@code dev.hyperflow.training.train}.
 *
 * <p>Letters for axis sizes: B tasks in a batch, N labels, M support examples, D features.
 */
package dev.hyperflow.training.network;
