/**
 * {@code ./hyperflow evaluate}: bundles and classical peers on the same episodes.
 *
 * <p>The flow: draw tasks → contenders respond → tallies → {@link
 * dev.hyperflow.training.evaluate.Results}, which the package {@code report} writes down.
 */
package dev.hyperflow.training.evaluate;
