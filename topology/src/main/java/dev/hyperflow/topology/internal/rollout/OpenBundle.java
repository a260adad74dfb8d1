package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.HeadIntegrator;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A loaded bundle. The first one brings the encoder, and all later ones are used with it: they must
 * have been made for the same, so loading it again would only cost memory and time.
 */
final class OpenBundle {
  private final String location;
  private final Bundle bundle;
  private final AdaptationModel model;
  private int readers; // guarded by the rollout's lock

  private OpenBundle(String location, Bundle bundle, AdaptationModel model) {
    this.location = location;
    this.bundle = bundle;
    this.model = model;
  }

  /** The bundle that an application starts with. */
  static OpenBundle first(BundleReference wanted, BundleLoad loader) {
    Bundle bundle = loader.load(wanted.location(), true);
    return checked(wanted, bundle, () -> loader.watched(AdaptationModel.of(bundle)));
  }

  /**
   * A bundle that is to take over from this one.
   *
   * @throws BundleException when it does not load, is another one than was wanted, or was made for
   *     other features
   */
  OpenBundle successor(BundleReference wanted, BundleLoad loader) {
    Bundle next = load(wanted, loader);
    return checked(wanted, next, () -> loader.watched(modelOf(wanted, next)));
  }

  private static Bundle load(BundleReference wanted, BundleLoad loader) {
    try {
      return loader.load(wanted.location(), false);
    } catch (OutOfMemoryError e) {
      throw refusal(
          wanted, "expected memory to load it in addition to the serving one, found too little", e);
    }
  }

  private static OpenBundle checked(
      BundleReference wanted, Bundle bundle, Supplier<AdaptationModel> model) {
    try {
      if (wanted.refuses(bundle.id())) {
        throw refusal(
            wanted, "expected id " + wanted.bundleId().get() + ", found " + bundle.id(), null);
      }
      return new OpenBundle(wanted.location(), bundle, model.get());
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private AdaptationModel modelOf(BundleReference wanted, Bundle next) {
    Optional<Encoder> encoder = model.encoder();
    String space =
        space(encoder.isPresent() ? bundle.manifest().encoderReference() : Optional.empty());
    String nextSpace = space(next.manifest().encoderReference());
    if (!space.equals(nextSpace)) {
      throw refusal(
          wanted,
          "expected the encoder of bundle %s, %s, found %s".formatted(id(), space, nextSpace),
          null);
    }
    OptionalInt dimension = encoder.isPresent() ? model.dimension() : next.featureDimension();
    if (!dimension.equals(model.dimension())
        || (next.featureDimension().isPresent()
            && !next.featureDimension().equals(model.dimension()))) {
      throw refusal(
          wanted,
          "expected %s features like bundle %s, found %s"
              .formatted(number(model.dimension()), id(), number(next.featureDimension())),
          null);
    }
    HeadIntegrator serving = model.integrator();
    HeadIntegrator successor = next.integrator();
    if (successor.maxLabels() < serving.maxLabels()
        || successor.maxExamples() < serving.maxExamples()) {
      throw refusal(
          wanted,
          "expected at least %d labels and %d examples like bundle %s, found %d and %d"
              .formatted(
                  serving.maxLabels(),
                  serving.maxExamples(),
                  id(),
                  successor.maxLabels(),
                  successor.maxExamples()),
          null);
    }
    return new AdaptationModel(
        next.id(), encoder, dimension, next.integrator(), next.calibration());
  }

  /** What decides an encoder's vectors: all of its reference but the places of its files. */
  private static String space(Optional<EncoderReference> reference) {
    return reference
        .map(
            encoder ->
                "%s (model %.12s, tokenizer %.12s, %s, normalise=%s, %d tokens, %d features)"
                    .formatted(
                        encoder.id(),
                        encoder.modelSha256(),
                        encoder.tokenizerSha256(),
                        encoder.pooling(),
                        encoder.normalise(),
                        encoder.maxTokens(),
                        encoder.dimension()))
        .orElse("none");
  }

  private static String number(OptionalInt dimension) {
    return dimension.isPresent() ? Integer.toString(dimension.getAsInt()) : "any";
  }

  private static BundleException refusal(BundleReference wanted, String why, Throwable cause) {
    return new BundleException("bundle " + wanted.location() + ": " + why, cause);
  }

  String id() {
    return bundle.id();
  }

  Manifest manifest() {
    return bundle.manifest();
  }

  AdaptationModel model() {
    return model;
  }

  DeviceState deviceState() {
    return bundle.deviceState();
  }

  /** Whether this is the bundle that is wanted. */
  boolean is(BundleReference wanted) {
    return location.equals(wanted.location()) && !wanted.refuses(id());
  }

  /** Somebody beside the tasks uses it, or does not any more; the rollout's lock is held. */
  void addReaders(int more) {
    readers += more;
  }

  /** Whether somebody beside the tasks uses it; the rollout's lock is held. */
  boolean hasReaders() {
    return readers > 0;
  }

  /** Frees what only this bundle uses; the encoder stays. */
  void retire() {
    bundle.integrator().close();
  }

  /** Frees all. */
  void close() {
    bundle.close();
  }
}
