/**
 * {@code ./hyperflow evaluate}: bundles and classical peers on the same episodes.
 *
 * <p>The flow: draw tasks → contenders respond → tallies → {@link
 * dev.hyperflow.training.evaluate.Results} → {@link dev.hyperflow.training.evaluate.ReportPage}.
 */
package dev.hyperflow.training.evaluate;
