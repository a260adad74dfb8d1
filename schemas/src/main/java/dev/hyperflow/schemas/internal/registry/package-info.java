/**
 * A schema registry as a client sees it: the {@link
 * dev.hyperflow.schemas.internal.registry.RegistryClient} interface, its HTTP implementation with
 * fail-over, retries and caches, and the in-memory registry behind {@code mock://} URLs.
 *
 * <p>Next door: the HTTP server in front of the same in-memory registry is in {@code
 * dev.hyperflow.demo.registry}; Kafka bytes are in {@link dev.hyperflow.schemas.serde}. Nothing
 * here knows about topics or records.
 */
package dev.hyperflow.schemas.internal.registry;
