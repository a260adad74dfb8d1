/**
 * Micro-benchmarks of the stages and of the store layouts: {@code ./hyperflow bench --jmh REGEX}.
 */
package dev.hyperflow.benchmarks.jmh;
