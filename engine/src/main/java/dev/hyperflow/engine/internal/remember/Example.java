package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import java.util.Optional;

/**
 * A remembered example. Its label is that of the {@link Slot} it is kept in.
 *
 * @param eventId the event that added it
 * @param timestampMillis event time of that event, milliseconds since the epoch
 * @param terms its weight in the support loss and its expiry
 * @param fingerprint its hash, see {@link ExampleHash}
 * @param features its features, as the configured precision keeps them
 * @param text what the features were made from; empty when no text came or texts are not kept. No
 *     head and no hash depends on it
 */
public record Example(
    String eventId,
    long timestampMillis,
    ExampleTerms terms,
    Fingerprint fingerprint,
    FeatureVector features,
    Optional<String> text) {

  /** The same example with other features, hashed as fading asks for. */
  Example with(String label, FeatureVector other, Fading fading) {
    return new Example(
        eventId,
        timestampMillis,
        terms,
        ExampleHash.faded(
            ExampleHash.of(eventId, label, terms.weight(), other), timestampMillis, fading),
        other,
        text);
  }

  /** Leaves the text out of logs. */
  @Override
  public String toString() {
    return "Example[eventId=%s, fingerprint=%s]".formatted(eventId, fingerprint.toHex());
  }
}
