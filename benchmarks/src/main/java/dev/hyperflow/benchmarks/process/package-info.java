/**
 * Processes that end with the bench: the broker with its registry, and the measured applications.
 *
 * <p>What is measured shares no virtual machine with what measures it, nor with what it is compared
 * to. Compilers and collectors would mix them up.
 */
package dev.hyperflow.benchmarks.process;
