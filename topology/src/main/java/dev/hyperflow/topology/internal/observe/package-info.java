/**
 * The one channel on which processors tell what they do. Meters, traces, the view and the rollout
 * listen to it, each in its own package.
 */
package dev.hyperflow.topology.internal.observe;
