/**
 * The support memory: which examples a tenant has, and the fingerprint that names the set.
 *
 * <p>The rules (replacement, ring, retraction, limits) live here; where entries are kept is behind
 * the port {@link dev.hyperflow.engine.internal.remember.TenantStore}, implemented over Kafka
 * Streams stores in {@code dev.hyperflow.topology.internal.state}.
 */
package dev.hyperflow.engine.internal.remember;
