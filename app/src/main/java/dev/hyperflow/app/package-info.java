/**
 * Where the process begins.
 *
 * <p>The packages next door, each knowing only those after it: {@code cli} (verbs and options),
 * {@code demo} and {@code run} (what a verb does), {@code view} (the terminal), {@code ledger} (the
 * books), {@code scenario} (the script), {@code embedded} (a broker) and {@code lifecycle}
 * (signals, exit codes, logs).
 */
package dev.hyperflow.app;
