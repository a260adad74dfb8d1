/**
 * The engine: a list of events in, a list of outputs out, nothing of Kafka, Avro or the wall clock.
 *
 * <p>The stages are packages of their own and run in the order validate → encode → remember →
 * integrate → score. {@code dev.hyperflow.topology} feeds the engine and owns its stores.
 *
 * <p>A lane is a bundle's model with its heads and what scores with them. The lanes are the one
 * that serves and the one that may come after it.
 */
package dev.hyperflow.engine.internal;
