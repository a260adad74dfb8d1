package dev.hyperflow.engine.internal.score;

import dev.hyperflow.engine.internal.event.LabelProbability;
import java.util.List;
import java.util.Optional;

/**
 * The score of one query.
 *
 * @param topLabels the most probable labels, best first, at least one
 * @param abstained whether the answer is too improbable to act on: its best label, or that any of
 *     the labels is right
 * @param scope the probability that the query belongs to one of the labels; absent where the bundle
 *     has no fit for it
 * @param noneOfThese whether that probability is below its threshold
 * @param initialLabel the label of the unadapted prototype head
 */
public record Score(
    List<LabelProbability> topLabels,
    boolean abstained,
    Optional<Float> scope,
    boolean noneOfThese,
    String initialLabel) {

  /** The most probable label. */
  public String label() {
    return topLabels.get(0).label();
  }
}
