/**
 * {@code ./hyperflow evaluate --stream}: bundles and classical learners on streams of labels that
 * arrive one after the other. Each text is asked first and learned afterwards (prequential).
 *
 * <p>The flow: set → {@link dev.hyperflow.training.stream.Arrangement} → {@link
 * dev.hyperflow.training.stream.LabelStream} → learners → tracks → report. Episodes with a fixed
 * number of examples belong next door, in {@code dev.hyperflow.training.evaluate}.
 */
package dev.hyperflow.training.stream;
