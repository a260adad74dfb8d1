/**
 * The arithmetic a drift network is written in ({@link dev.hyperflow.training.tensor.Tensors}), and
 * two ways to carry it out: at once with gradients on PyTorch, or later, as the nodes of an ONNX
 * graph. What is computed with it belongs next door, in {@code dev.hyperflow.training.network}.
 *
 * <p>Letters for axis sizes: B tasks in a batch, N labels, M support examples, D features.
 */
package dev.hyperflow.training.tensor;
