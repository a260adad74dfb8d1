package dev.hyperflow.engine.internal.feedback;

import dev.hyperflow.engine.internal.event.FeatureVector;
import java.util.Optional;

/**
 * A query whose true label may still come.
 *
 * @param timestampMillis event time of the query, milliseconds since the epoch
 * @param features its features
 * @param space names the encoder that made them; empty when they come from elsewhere
 * @param text what the features were made from, if it is kept
 * @param answer what was answered; empty while it is not, and when the model failed
 * @param feedback the last label that feedback gave and nobody retracted
 * @param measured whether a label was compared with the answer: that happens once
 */
public record RememberedQuery(
    long timestampMillis,
    FeatureVector features,
    String space,
    Optional<String> text,
    Optional<GivenAnswer> answer,
    Optional<GivenLabel> feedback,
    boolean measured) {

  /** A query without feedback. */
  public RememberedQuery(
      long timestampMillis,
      FeatureVector features,
      String space,
      Optional<String> text,
      Optional<GivenAnswer> answer) {
    this(timestampMillis, features, space, text, answer, Optional.empty(), false);
  }

  /** The label that was answered, if any. */
  public Optional<String> label() {
    return answer.flatMap(GivenAnswer::label);
  }

  /** The label that the unadapted head gave, if any. */
  public Optional<String> initialLabel() {
    return answer.flatMap(GivenAnswer::initialLabel);
  }

  /** The same with other feedback. */
  RememberedQuery with(Optional<GivenLabel> given, boolean nowMeasured) {
    return new RememberedQuery(timestampMillis, features, space, text, answer, given, nowMeasured);
  }

  /** The same query, answered and labelled with another name of a label. */
  RememberedQuery relabelled(String from, String to) {
    return new RememberedQuery(
        timestampMillis,
        features,
        space,
        text,
        answer.map(given -> given.relabelled(from, to)),
        feedback.map(given -> given.relabelled(from, to)),
        measured);
  }

  /** Leaves features and text out of logs. */
  @Override
  public String toString() {
    return "RememberedQuery[timestampMillis=%d, label=%s]".formatted(timestampMillis, label());
  }
}
