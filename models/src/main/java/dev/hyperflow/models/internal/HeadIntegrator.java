package dev.hyperflow.models.internal;

import dev.hyperflow.models.ModelException;
import java.util.List;

/**
 * Makes heads from support sets. Safe for use by many threads at once.
 *
 * <p>A head is a function of its support set and of the bundle alone: bit for bit the same whatever
 * other support sets share the call. No gradient is computed: a drift network predicts the motion
 * of the head and a bounded number of steps follows it (HyperFlow, arXiv 2504.15323).
 */
public interface HeadIntegrator extends AutoCloseable {

  /** Maximum number of labels of a support set. */
  int maxLabels();

  /** Maximum number of examples of a support set. */
  int maxExamples();

  /**
   * Integrates support sets; element {@code i} of the result belongs to task {@code i}. Handing
   * many over at once is faster than one by one, and gives the same bits.
   *
   * @param tasks support sets, none null; may be empty
   * @throws IllegalArgumentException if a support set has more labels or examples than allowed, or
   *     a feature dimension that is not the bundle's; nothing is integrated then
   * @throws ModelException if the model fails at run time
   * @throws IllegalStateException if this integrator is closed
   */
  List<Integration> integrate(List<SupportSet> tasks);

  /** Frees native memory. Idempotent; waits for calls under way. */
  @Override
  void close();
}
