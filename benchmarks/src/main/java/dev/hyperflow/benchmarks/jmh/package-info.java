/**
 * Micro-benchmarks of the stages: {@code ./hyperflow bench --jmh [regex]}. Those of the store
 * layouts live in {@code dev.hyperflow.topology.internal.state}, as the layouts are nobody else's
 * business.
 */
package dev.hyperflow.benchmarks.jmh;
