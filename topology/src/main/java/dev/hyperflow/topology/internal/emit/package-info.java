/** From the engine's outputs to the records of the output topics. */
package dev.hyperflow.topology.internal.emit;
