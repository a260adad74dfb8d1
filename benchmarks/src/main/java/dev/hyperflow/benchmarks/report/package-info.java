/** Figures: spreads of repetitions, and sections that print as text or as Markdown. */
package dev.hyperflow.benchmarks.report;
