/**
 * Labelled texts from files, checked line by line.
 *
 * <p>What becomes of them belongs to whoever reads: the demo, made-up load, training.
 */
package dev.hyperflow.engine.internal.texts;
