package dev.hyperflow.topology;

import dev.hyperflow.topology.internal.EmbeddedBundle;
import dev.hyperflow.topology.internal.HyperFlowTopology;
import dev.hyperflow.topology.internal.state.NamePrefix;

/**
 * A graph that {@link HyperFlow#addTo} has added to a topology. Thread-safe.
 *
 * <p>It owns the bundle. Close it after the streams are closed.
 */
public final class HyperFlowNodes implements AutoCloseable {
  private final NamePrefix names;
  private final EmbeddedBundle bundle;

  HyperFlowNodes(NamePrefix names, EmbeddedBundle bundle) {
    this.names = names;
    this.bundle = bundle;
  }

  /**
   * The processor that hands predictions on. Make it the parent of nodes that take records of a
   * {@code String}, the tenant, and a {@code dev.hyperflow.events.Prediction}.
   */
  public String predictions() {
    return names.name(HyperFlowTopology.PREDICTIONS);
  }

  /** The processor that adapts heads and answers. */
  public String engine() {
    return names.name(HyperFlowTopology.ENGINE);
  }

  /** The id of the bundle, as predictions carry it. */
  public String bundleId() {
    return bundle.id();
  }

  /** Frees the bundle. Further calls do nothing. */
  @Override
  public void close() {
    bundle.close();
  }
}
