package dev.hyperflow.engine.internal.feedback;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Output;
import java.util.Optional;

/**
 * What a query was answered.
 *
 * @param status empty where an earlier version wrote the answer down
 * @param label the answered label; empty without labels
 * @param initialLabel the label that the unadapted head gave
 * @param probability calibrated probability of the label, 0…1; 0 without one
 * @param scope probability that the text belongs to one of the labels, if the bundle tells it
 */
public record GivenAnswer(
    Optional<AnswerStatus> status,
    Optional<String> label,
    Optional<String> initialLabel,
    float probability,
    Optional<Float> scope) {

  /** What is remembered of a verdict. */
  public static GivenAnswer of(Output.Verdict verdict) {
    return new GivenAnswer(
        Optional.of(verdict.status()),
        verdict.label(),
        verdict.initialLabel(),
        verdict.topLabels().isEmpty() ? 0 : verdict.topLabels().get(0).probability(),
        verdict.scope());
  }

  /** Whether the head changed its answer by adaptation. */
  public boolean isDisagreement() {
    return initialLabel.isPresent() && !initialLabel.equals(label);
  }

  /** The same answer with another name of a label. */
  GivenAnswer relabelled(String from, String to) {
    return new GivenAnswer(
        status,
        label.map(name -> name.equals(from) ? to : name),
        initialLabel.map(name -> name.equals(from) ? to : name),
        probability,
        scope);
  }
}
