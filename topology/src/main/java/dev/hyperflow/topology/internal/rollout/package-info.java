/**
 * Changes the bundle while the application runs: what control records ask for ({@code
 * RolloutState}), the bundles that are loaded and the plan that tasks follow ({@code
 * BundleRollout}), and who reads the records ({@code BundleControlReader}).
 *
 * <p>How a model takes over tenant by tenant is the engine's business; names of topics and settings
 * are the application's.
 */
package dev.hyperflow.topology.internal.rollout;
