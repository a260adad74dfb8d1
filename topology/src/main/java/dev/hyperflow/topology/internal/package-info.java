/**
 * Processors and start-up checks of the topology. {@code HyperFlowTopology} draws the graph; the
 * packages below are its parts.
 */
package dev.hyperflow.topology.internal;
