/**
 * The engine's ports over Kafka Streams stores, and the binary layouts of what they keep.
 *
 * <p>One class per layout knows its bytes. No store needs the schema registry.
 */
package dev.hyperflow.topology.internal.state;
