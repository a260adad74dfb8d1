/**
 * What is kept on the heap: whole stores for an engine without Kafka, and bounded caches in front
 * of stores elsewhere.
 *
 * <p>{@code InMemory…} stores hold everything and forget only what they are told to. {@code
 * Caching…} stores hold what a {@code HeapBudget} allows and read the rest from behind.
 */
package dev.hyperflow.engine.internal.heap;
