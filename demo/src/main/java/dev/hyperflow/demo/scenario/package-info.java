/**
 * What the demo plays: which message is sent when, as a label or as a query, and which records are
 * broken on purpose.
 *
 * <p>Everything here is a pure function of the data, the seed and the length of the run. So a demo
 * that was killed finds its place again. No Kafka, no Avro, no clock: turning a step into bytes and
 * sending it belongs to {@code demo}, judging the answers to {@code ledger}.
 */
package dev.hyperflow.demo.scenario;
