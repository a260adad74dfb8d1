/**
 * The load: made-up vectors and texts, records of them, backlogs that are released at once, and
 * consumers that see when the last output is there.
 */
package dev.hyperflow.benchmarks.load;
