/**
 * Being a process: being asked to stop, exit codes, and what is logged where.
 *
 * <p>Knows nothing of what the process does in between.
 */
package dev.hyperflow.app.lifecycle;
