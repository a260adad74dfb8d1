/**
 * What others may see of a running instance, read-only and from any thread: its tenants by
 * interactive queries, who owns a tenant, how far restoration and rollouts are, and what the engine
 * did lately.
 *
 * <p>No HTTP here: how it is shown is the application's business.
 */
package dev.hyperflow.topology.internal.view;
