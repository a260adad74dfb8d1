/**
 * Keeps the books of a demo: what was sent, what came back, how often, how soon and how right.
 *
 * <p>Plain Java over plain values: no Kafka, no clock, no terminal. Feeding it belongs to {@code
 * demo}, drawing it to {@code view}.
 */
package dev.hyperflow.demo.ledger;
