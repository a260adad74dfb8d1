package dev.hyperflow.engine.internal.feedback;

import dev.hyperflow.engine.internal.event.FeatureVector;
import java.util.Optional;

/**
 * A query whose true label may still come.
 *
 * @param timestampMillis event time of the query, milliseconds since the epoch
 * @param features its features
 * @param label the label that was answered, if any
 * @param initialLabel the label that the unadapted head gave, if any
 */
public record RememberedQuery(
    long timestampMillis,
    FeatureVector features,
    Optional<String> label,
    Optional<String> initialLabel) {}
