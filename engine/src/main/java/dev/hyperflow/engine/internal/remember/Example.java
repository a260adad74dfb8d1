package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;

/**
 * A remembered example. Its label is that of the {@link Slot} it is kept in.
 *
 * @param eventId the event that added it
 * @param timestampMillis event time of that event, milliseconds since the epoch
 * @param terms its weight in the support loss and its expiry
 * @param fingerprint its hash, see {@link ExampleHash}
 * @param features its features, as the configured precision keeps them
 */
public record Example(
    String eventId,
    long timestampMillis,
    ExampleTerms terms,
    Fingerprint fingerprint,
    FeatureVector features) {}
