/**
 * What a drift network saves. The encoder itself is fine-tuned for a task. Its accuracy, time,
 * memory and arithmetic are compared with those of a head that a bundle integrates.
 *
 * <p>Knows PyTorch; nothing that serves tenants does.
 */
package dev.hyperflow.training.finetune;
