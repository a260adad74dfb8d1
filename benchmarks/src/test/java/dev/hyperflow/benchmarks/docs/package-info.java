/**
 * What people read is executed: the commands of the documents run as they are printed, and their
 * links lead somewhere. It is here because this module sees all verbs but the bench.
 */
package dev.hyperflow.benchmarks.docs;
