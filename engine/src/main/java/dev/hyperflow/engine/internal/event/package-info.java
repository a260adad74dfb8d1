/**
 * What goes into the engine and what comes out: events, payloads, outputs, rejections.
 *
 * <p>Plain values without Kafka or Avro; {@code dev.hyperflow.topology.internal.decode} makes them
 * from records and {@code dev.hyperflow.topology.internal.emit} turns outputs back into records.
 */
package dev.hyperflow.engine.internal.event;
