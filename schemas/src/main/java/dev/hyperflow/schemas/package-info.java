/**
 * What producers and consumers of the event topics need besides the generated records of {@code
 * dev.hyperflow.events}: reading and writing packed feature vectors.
 *
 * <p>Next door: turning records into Kafka bytes is in {@link dev.hyperflow.schemas.serde}, talking
 * to a schema registry in {@link dev.hyperflow.schemas.internal.registry}, being one in {@code
 * dev.hyperflow.demo.registry}. The contracts themselves are the {@code .avsc} files under {@code
 * src/main/avro}. What a value may be (limits, finite numbers) is checked by the topology, not
 * here.
 */
package dev.hyperflow.schemas;
