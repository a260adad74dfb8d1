package dev.hyperflow.engine.internal.feedback;

import dev.hyperflow.engine.internal.event.FeatureVector;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A query whose true label may still come.
 *
 * @param timestampMillis event time of the query, milliseconds since the epoch
 * @param features its features
 * @param space names the encoder that made them; empty when they come from elsewhere
 * @param label the label that was answered, if any
 * @param initialLabel the label that the unadapted head gave, if any
 * @param text what the features were made from, if it is kept
 */
public record RememberedQuery(
    long timestampMillis,
    FeatureVector features,
    String space,
    Optional<String> label,
    Optional<String> initialLabel,
    Optional<String> text) {

  /** The same query, answered with another name of a label; itself where it was not answered so. */
  RememberedQuery relabelled(String from, String to) {
    Predicate<String> isFrom = from::equals;
    return label.filter(isFrom).isEmpty() && initialLabel.filter(isFrom).isEmpty()
        ? this
        : new RememberedQuery(
            timestampMillis,
            features,
            space,
            label.map(name -> isFrom.test(name) ? to : name),
            initialLabel.map(name -> isFrom.test(name) ? to : name),
            text);
  }

  /** Leaves features and text out of logs. */
  @Override
  public String toString() {
    return "RememberedQuery[timestampMillis=%d, label=%s]".formatted(timestampMillis, label);
  }
}
