/**
 * A real Kafka broker inside this process, for the demo, for tests and for trying things out.
 *
 * <p>What belongs here: starting, stopping and configuring the broker. What does not: topics,
 * records and anything that knows what HyperFlow does with them. The embedded schema registry lives
 * next door, in {@code dev.hyperflow.demo.registry}.
 */
package dev.hyperflow.demo.broker;
