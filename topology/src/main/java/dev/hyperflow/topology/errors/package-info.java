/** Errors that the public door throws. */
package dev.hyperflow.topology.errors;
