/**
 * The generated event records and what all of them inherit. The sources are the {@code .avsc} files
 * under {@code src/main/avro}; nothing else is written by hand here.
 *
 * <p>Next door: helpers for payloads are in {@code dev.hyperflow.schemas}, Kafka bytes in {@code
 * dev.hyperflow.schemas.serde}.
 */
package dev.hyperflow.events;
