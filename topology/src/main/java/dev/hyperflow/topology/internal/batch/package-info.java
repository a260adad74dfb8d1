/**
 * Micro-batches that survive commits. Kafka Streams counts a record as consumed as soon as {@code
 * process} returns, so what waits for its batch is either kept in the inbox or drained by the
 * commit gate before offsets are committed.
 *
 * <p>What belongs here: when a batch is handed on, and why none is lost. What does not: what
 * becomes of its events (the engine), and the bytes of the inbox ({@code state}).
 */
package dev.hyperflow.topology.internal.batch;
