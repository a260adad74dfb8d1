/**
 * What a drift network saves: the encoder itself is fine-tuned for a task, and its accuracy, time,
 * memory and arithmetic are put beside those of a head that a bundle integrates.
 *
 * <p>Knows PyTorch; nothing that serves tenants does.
 */
package dev.hyperflow.training.finetune;
