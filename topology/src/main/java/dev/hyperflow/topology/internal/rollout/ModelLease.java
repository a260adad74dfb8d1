package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.internal.Manifest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A model that stays open while it is leased. A second {@link #close()} does nothing. */
public final class ModelLease implements AutoCloseable {
  private final AdaptationModel model;
  private final Optional<Manifest> manifest;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  ModelLease(AdaptationModel model, Optional<Manifest> manifest, Runnable giveBack) {
    this.model = model;
    this.manifest = manifest;
    this.giveBack = giveBack;
  }

  /** Usable until this lease is closed. */
  public AdaptationModel model() {
    return model;
  }

  /** The manifest of its bundle; empty for a model without one. */
  public Optional<Manifest> manifest() {
    return manifest;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
