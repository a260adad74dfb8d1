/**
 * Draws the demo on a terminal: a live table, and a summary at the end.
 *
 * <p>Renderers turn snapshots into lines and know nothing of the terminal; screens put lines on it
 * and know nothing of their meaning. Counting belongs to {@code ledger}.
 */
package dev.hyperflow.demo.view;
