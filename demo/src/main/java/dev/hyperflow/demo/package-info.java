/**
 * The live demo: a broker, a registry and the application in one process, played upon by a
 * scenario.
 *
 * <p>What belongs here: turning steps into records, sending them when they are due, reading what
 * comes back, and starting and stopping it all. The script is written in {@code scenario}, the
 * books are kept in {@code ledger}, the drawing is done in {@code view}.
 */
package dev.hyperflow.demo;
