/** The raw input record and its event, as decoders hand them on and dead letters quote them. */
package dev.hyperflow.topology.internal.source;
