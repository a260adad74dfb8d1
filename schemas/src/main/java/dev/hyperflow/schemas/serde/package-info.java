/**
 * Records to Kafka bytes and back: Avro in Confluent's wire format, with Confluent's configuration
 * keys, so that these classes and {@code io.confluent.kafka.streams.serdes.avro.SpecificAvroSerde}
 * can stand for each other in a configuration file.
 *
 * <p>Two kinds of failure leave here, and they must not be confused. {@link
 * org.apache.kafka.common.errors.SerializationException}: this record is bad, dead-letter it.
 * {@link dev.hyperflow.schemas.internal.registry.RegistryException}: the registry is down or
 * misconfigured, stop and do not dead-letter anything.
 *
 * <p>Next door: registry access and its caches are in {@link
 * dev.hyperflow.schemas.internal.registry}.
 */
package dev.hyperflow.schemas.serde;
