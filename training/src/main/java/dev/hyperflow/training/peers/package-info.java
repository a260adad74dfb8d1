/**
 * What a drift network is measured against: the classical ways to make a linear head, or an answer,
 * from the same support set.
 *
 * <p>Heads come from features and labels alone; nothing here knows bundles, files or reports.
 */
package dev.hyperflow.training.peers;
