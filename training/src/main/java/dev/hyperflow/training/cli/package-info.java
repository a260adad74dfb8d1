/**
 * What the verbs of this program share on the command line: options of texts and encoders, log
 * lines, progress. Options of a report belong next door, in {@code dev.hyperflow.training.report}.
 */
package dev.hyperflow.training.cli;
