/**
 * What the commands that measure share: options, statistics, and a report as Markdown, HTML and
 * CSV.
 *
 * <p>What a report says belongs to the package that measured it.
 */
package dev.hyperflow.training.report;
