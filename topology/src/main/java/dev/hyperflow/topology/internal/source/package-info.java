/** The raw input record, as decoders read it and dead letters quote it. */
package dev.hyperflow.topology.internal.source;
