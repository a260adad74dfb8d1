/**
 * A schema registry in this process: Confluent's REST subset over HTTP on the loopback interface,
 * with an optional file that survives restarts. For demos and tests.
 *
 * <p>Next door: what a registry does, and the client that speaks to this server or a real one, are
 * in {@link dev.hyperflow.schemas.internal.registry}. Here is only HTTP and the file.
 */
package dev.hyperflow.demo.registry;
