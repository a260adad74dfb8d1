/**
 * Where a record of somebody else's topic has its tenant, its id, its text and its label: paths
 * into it, and the conversion of what stands there. What becomes of it is decided in {@code
 * decode}.
 */
package dev.hyperflow.topology.internal.mapping;
