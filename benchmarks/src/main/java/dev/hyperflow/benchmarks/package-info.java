/**
 * Measures the product: {@code ./hyperflow bench}.
 *
 * <p>{@code process} runs broker and applications in processes of their own, {@code load} writes
 * records and watches outputs, {@code scenario} says what is measured, {@code report} prints it,
 * {@code jmh} holds the micro-benchmarks. {@code card} compares a graphics card with the processor.
 * Nothing of this module is shipped.
 */
package dev.hyperflow.benchmarks;
