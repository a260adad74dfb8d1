/**
 * Micro-benchmarks of the store layouts, in the package of the layouts as these are private to it.
 */
package dev.hyperflow.topology.state;
