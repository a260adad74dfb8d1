package dev.hyperflow.models.internal;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.ModelException;

/**
 * The vector field a head follows: d(head)/dt. The reference against which the fused loop is
 * checked, and the place to look when a trajectory needs explaining; serving uses {@link
 * HeadIntegrator}. Safe for use by many threads at once.
 */
public interface DriftField extends AutoCloseable {

  /**
   * Evaluates the drift.
   *
   * @param head where, [N][D+1]
   * @param t when, from 0 to the horizon of the bundle
   * @param support the support set that conditions the field, with N labels and D features
   * @return N × (D + 1) floats, row-major like {@link Head#toArray()}; not finite if it diverges
   * @throws IllegalArgumentException if the shapes do not fit each other or the bundle
   * @throws ModelException if the model fails at run time
   */
  float[] drift(Head head, float t, SupportSet support);

  /** Frees native memory. Idempotent; waits for calls under way. */
  @Override
  void close();
}
