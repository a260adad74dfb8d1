/**
 * Compares a device with the processor: same heads, same vectors, how fast, how large, how many.
 *
 * <p>Each part is bounded in time and fails alone. Nothing here needs a broker, except the part
 * that says so.
 */
package dev.hyperflow.benchmarks.card;
