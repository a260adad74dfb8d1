/**
 * The engine: a list of events in, a list of outputs out, nothing of Kafka, Avro or the wall clock.
 *
 * <p>The stages are packages of their own and run in the order validate → encode → remember →
 * integrate → score. {@code dev.hyperflow.topology} feeds the engine and owns its stores.
 */
package dev.hyperflow.engine.internal;
