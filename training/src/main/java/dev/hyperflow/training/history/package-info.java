/**
 * Tenants' labelled history, as a support topic tells it, as sets to learn from. What is learned
 * from it belongs next door, in {@code dev.hyperflow.training.train}.
 */
package dev.hyperflow.training.history;
