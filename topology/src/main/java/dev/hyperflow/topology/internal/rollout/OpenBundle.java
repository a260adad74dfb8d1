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
 * A loaded bundle. One that was made for the encoder of the bundle before it is used with that one:
 * loading it again would only cost memory and time. Any other brings its own.
 */
final class OpenBundle {
  private static final String NO_ENCODER = "none";

  private final String location;
  private final Bundle bundle;
  private final Bundle encoderOwner;
  private final AdaptationModel model;
  private int readers; // guarded by the rollout's lock

  private OpenBundle(String location, Bundle bundle, Bundle encoderOwner, AdaptationModel model) {
    this.location = location;
    this.bundle = bundle;
    this.encoderOwner = encoderOwner;
    this.model = model;
  }

  /** The bundle that an application starts with. */
  static OpenBundle first(BundleReference wanted, BundleLoad loader) {
    Bundle bundle = loader.load(wanted.location(), true);
    return checked(wanted, bundle, bundle, () -> loader.watched(AdaptationModel.of(bundle)));
  }

  /**
   * A bundle that is to take over from this one.
   *
   * @param tenants are asked before a bundle with another encoder is loaded
   * @throws BundleException when it does not load, is another one than was wanted, was made for
   *     other features, or has an encoder that tenants cannot follow
   */
  OpenBundle successor(BundleReference wanted, BundleLoad loader, TextCheck tenants) {
    Bundle next = loader.load(wanted.location(), false);
    if (hasEncoderOf(next)) {
      return checked(
          wanted, next, encoderOwner, () -> loader.watched(modelOf(wanted, next, model.encoder())));
    }
    next.close();
    loader
        .whyNoOtherEncoder()
        .or(tenants::whyNoOtherEncoder)
        .ifPresent(
            why -> {
              throw refusal(
                  wanted,
                  "expected the encoder of bundle %s, %s, found %s; %s"
                      .formatted(id(), spaceInUse(), space(next.manifest()), why));
            });
    Bundle own = loader.load(wanted.location(), true);
    return checked(wanted, own, own, () -> loader.watched(modelOf(wanted, own, own.encoder())));
  }

  /** Whether a bundle can work on this one's features; without encoders there is no other way. */
  private boolean hasEncoderOf(Bundle next) {
    return model.encoder().isEmpty()
        || next.manifest().encoderReference().isEmpty()
        || spaceInUse().equals(space(next.manifest()));
  }

  private String spaceInUse() {
    return model.encoder().isPresent() ? space(bundle.manifest()) : NO_ENCODER;
  }

  private static OpenBundle checked(
      BundleReference wanted, Bundle bundle, Bundle encoderOwner, Supplier<AdaptationModel> model) {
    try {
      if (wanted.refuses(bundle.id())) {
        throw refusal(wanted, "expected id " + wanted.bundleId().get() + ", found " + bundle.id());
      }
      return new OpenBundle(wanted.location(), bundle, encoderOwner, model.get());
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private AdaptationModel modelOf(BundleReference wanted, Bundle next, Optional<Encoder> encoder) {
    boolean isOwn = next.encoder().isPresent();
    String nextSpace = space(next.manifest());
    if (!isOwn && !spaceInUse().equals(nextSpace)) {
      throw refusal(
          wanted,
          "expected the encoder of bundle %s, %s, found %s"
              .formatted(id(), spaceInUse(), nextSpace));
    }
    AdaptationModel expected = isOwn ? AdaptationModel.of(next) : model;
    OptionalInt dimension = encoder.isPresent() ? expected.dimension() : next.featureDimension();
    if (!dimension.equals(expected.dimension())
        || (next.featureDimension().isPresent()
            && !next.featureDimension().equals(expected.dimension()))) {
      throw refusal(
          wanted,
          "expected %s features like bundle %s, found %s"
              .formatted(number(expected.dimension()), id(), number(next.featureDimension())));
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
                  successor.maxExamples()));
    }
    return new AdaptationModel(
        next.id(), encoder, dimension, next.integrator(), next.calibration());
  }

  /** What decides an encoder's vectors: all of its reference but the places of its files. */
  static String space(Manifest manifest) {
    return manifest
        .encoderReference()
        .map(
            encoder ->
                "%s (model %.12s, tokenizer %.12s, %s, normalise=%s, %d tokens, %d features%s%s)"
                    .formatted(
                        encoder.id(),
                        encoder.modelSha256(),
                        encoder.tokenizerSha256(),
                        encoder.pooling(),
                        encoder.normalise(),
                        encoder.maxTokens(),
                        encoder.dimension(),
                        inner(encoder),
                        reading(encoder)))
        .orElse(NO_ENCODER);
  }

  private static String inner(EncoderReference encoder) {
    return encoder.inner() == null
        ? ""
        : ", %d of them from %s, projection %.12s"
            .formatted(
                encoder.innerWidth(), encoder.inner().value(), encoder.inner().projectionSha256());
  }

  private static String reading(EncoderReference encoder) {
    return (encoder.output() == null ? "" : ", output " + encoder.output())
        + (encoder.prefixes() == null
            ? ""
            : ", prefixes '%s' and '%s'"
                .formatted(encoder.prefixes().query(), encoder.prefixes().example()));
  }

  private static String number(OptionalInt dimension) {
    return dimension.isPresent() ? Integer.toString(dimension.getAsInt()) : "any";
  }

  private static BundleException refusal(BundleReference wanted, String why) {
    return new BundleException("bundle " + wanted.location() + ": " + why);
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

  /** Where its integrator runs, and the encoder that it is used with. */
  DeviceState deviceState() {
    DeviceState own = bundle.deviceState();
    return new DeviceState(own.device(), own.integrator(), encoderOwner.deviceState().encoder());
  }

  /** The bundle whose encoder it is used with. */
  Bundle encoderOwner() {
    return encoderOwner;
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
