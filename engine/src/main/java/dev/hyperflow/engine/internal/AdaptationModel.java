package dev.hyperflow.engine.internal;

import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the engine uses of a bundle. The bundle keeps ownership: it must stay open for as long as an
 * engine works with it.
 *
 * @param bundleId names the bundle in heads and predictions
 * @param encoder the encoder of texts, if the bundle has one
 * @param dimension the D that features must have, empty when the bundle takes any
 * @param integrator integrates heads
 * @param calibration turns logits into probabilities
 */
public record AdaptationModel(
    String bundleId,
    Optional<Encoder> encoder,
    OptionalInt dimension,
    HeadIntegrator integrator,
    Calibration calibration) {

  /** The model of a loaded bundle. With an encoder, features must have the encoder's dimension. */
  public static AdaptationModel of(Bundle bundle) {
    Optional<Encoder> encoder = bundle.encoder();
    return new AdaptationModel(
        bundle.id(),
        encoder,
        encoder.isPresent() ? OptionalInt.of(encoder.get().dimension()) : bundle.featureDimension(),
        bundle.integrator(),
        bundle.calibration());
  }

  /** Names the encoder that makes the features; empty when they come from elsewhere. */
  public String featureSpace() {
    return encoder.map(Encoder::id).orElse("");
  }
}
