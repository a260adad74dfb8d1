/**
 * Training: {@code ./hyperflow train}. Episodes become batches, batches become gradients, gradients
 * move the parameters of {@link dev.hyperflow.training.network.DriftNetwork}. What does best on
 * labels that were held out becomes a bundle, with a report. Reading and drawing from texts belongs
 * next door, in {@code dev.hyperflow.training.data}.
 *
 * <p>Letters for axis sizes: B tasks in a batch, N labels, M support examples, Q queries, D
 * features.
 */
package dev.hyperflow.training.train;
