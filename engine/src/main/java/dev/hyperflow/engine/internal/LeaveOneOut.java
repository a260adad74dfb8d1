package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much each example of a support set matters for one prediction: exact, by integrating the head
 * once more without it. Thread-safe as far as the model is.
 */
public final class LeaveOneOut {
  private final Probe probe;

  /** Looks at the heads that {@code model} makes. */
  public LeaveOneOut(AdaptationModel model) {
    this.probe = new Probe(model);
  }

  /**
   * An example and what the prediction would be without it.
   *
   * @param eventId the event that added it
   * @param label its label
   * @param probabilityWithout probability of the asked label, 0 when the label goes with the
   *     example
   */
  public record Influence(String eventId, String label, float probabilityWithout) {}

  /**
   * The influence of every example, in canonical order.
   *
   * @param support at least one example; costs as many integrations as there are examples
   * @param asked the label whose probability is looked at
   * @throws dev.hyperflow.models.ModelException if the model fails
   */
  public List<Influence> of(LabelledExamples support, FeatureVector features, String asked) {
    int examples = support.entries().size();
    List<LabelledExamples> sets = new ArrayList<>(examples);
    for (int i = 0; i < examples; i++) {
      int left = i;
      sets.add(support.where(place -> place != left));
    }
    List<Optional<AdaptedHead>> heads = probe.heads(sets);
    List<Influence> influences = new ArrayList<>(examples);
    for (int i = 0; i < examples; i++) {
      LabelledExamples.Entry entry = support.entries().get(i);
      float without =
          heads
              .get(i)
              .map(head -> probe.probabilities(head, features).getOrDefault(asked, 0f))
              .orElse(0f);
      influences.add(
          new Influence(entry.example().eventId(), support.labels().get(entry.row()), without));
    }
    return influences;
  }
}
