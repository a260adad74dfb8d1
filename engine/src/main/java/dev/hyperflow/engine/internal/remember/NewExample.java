package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;

/**
 * An example that wants to be remembered.
 *
 * @param tenant whose example it is
 * @param timestampMillis event time, milliseconds since the epoch
 * @param eventId identifies it within its tenant
 * @param label its label
 * @param terms weight and expiry
 * @param features its features, in full precision
 */
public record NewExample(
    String tenant,
    long timestampMillis,
    String eventId,
    String label,
    ExampleTerms terms,
    FeatureVector features) {

  /** The example of an ADD. */
  public static NewExample of(Event.Add add, FeatureVector features) {
    return new NewExample(
        add.tenant(), add.timestampMillis(), add.eventId(), add.label(), add.terms(), features);
  }

  /** The example of a description, of the weight it was given. */
  public static NewExample of(Event.Describe describe, FeatureVector features) {
    return new NewExample(
        describe.tenant(),
        describe.timestampMillis(),
        describe.eventId(),
        describe.label(),
        describe.terms(),
        features);
  }

  /** The example of a feedback: the features of the query under its true label. */
  public static NewExample of(Event.Feedback feedback, FeatureVector features) {
    return new NewExample(
        feedback.tenant(),
        feedback.timestampMillis(),
        feedback.eventId(),
        feedback.label(),
        feedback.terms(),
        features);
  }
}
