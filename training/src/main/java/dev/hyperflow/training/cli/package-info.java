/** What the verbs of this program share on the command line. */
package dev.hyperflow.training.cli;
