package dev.hyperflow.engine.internal.score;

import dev.hyperflow.engine.internal.event.LabelProbability;
import java.util.List;

/**
 * The score of one query.
 *
 * @param topLabels the most probable labels, best first, at least one
 * @param abstained whether the best is too improbable to act on
 * @param initialLabel the label of the unadapted prototype head
 */
public record Score(List<LabelProbability> topLabels, boolean abstained, String initialLabel) {

  /** The most probable label. */
  public String label() {
    return topLabels.get(0).label();
  }
}
