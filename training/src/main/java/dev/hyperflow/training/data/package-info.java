/**
 * From texts to tasks: labelled texts are read, encoded once and cached, and drawn from as few-shot
 * episodes.
 *
 * <p>Knows encoders, but nothing of what is trained or judged on the episodes.
 */
package dev.hyperflow.training.data;
