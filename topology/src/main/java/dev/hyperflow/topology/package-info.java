/**
 * The Kafka Streams topology around the engine: configuration, wiring, start and stop.
 *
 * <p>{@link dev.hyperflow.topology.HyperFlowTopology} draws the graph; {@code decode}, {@code
 * state} and {@code emit} hold its parts; the engine itself knows nothing of Kafka.
 */
package dev.hyperflow.topology;
