/**
 * The command line: verbs, options, help, and one-line errors.
 *
 * <p>A command turns options into values and hands them to a runner; what then happens is not known
 * here.
 */
package dev.hyperflow.app.cli;
