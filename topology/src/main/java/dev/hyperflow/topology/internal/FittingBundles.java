package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.encode.CachingEncoder;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.TextPolicy;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Vnni;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.emit.RecordLimits;
import dev.hyperflow.topology.internal.rollout.BundleLoad;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads bundles as configured, and refuses those that are too small or too large for the rest. */
final class FittingBundles implements BundleLoad {
  private static final Logger LOG = LoggerFactory.getLogger(FittingBundles.class);

  private final ApplicationConfig config;
  private final RecordLimits limits;
  private final UnaryOperator<AdaptationModel> watch;
  private final IntConsumer hits;

  /**
   * Bundles for a configuration.
   *
   * @param limits of the topic of heads
   * @param watch wraps a model's parts to observe them
   * @param hits is told how many texts a call of the encoder did not have to encode again
   */
  FittingBundles(
      ApplicationConfig config,
      RecordLimits limits,
      UnaryOperator<AdaptationModel> watch,
      IntConsumer hits) {
    this.config = config;
    this.limits = limits;
    this.watch = watch;
    this.hits = hits;
  }

  @Override
  public Bundle load(String location, boolean withEncoder) {
    BundleOptions options = config.bundleOptions();
    // A later bundle may work on what an encoder that is loaded makes.
    boolean later = !withEncoder && options.loadEncoder();
    Bundle bundle = load(location, later ? options.withEncodedFeatures() : options);
    if (bundle.encoder().isPresent()) {
      EncoderAdvice.of(location, bundle.manifest().encoder(), bundle.device().kind(), Vnni.isHere())
          .ifPresent(LOG::info);
    }
    return bundle;
  }

  /**
   * Checks that a bundle is there and fits, without its encoder, its device and a run.
   *
   * @throws BundleException when it cannot be used
   */
  void check(String location) {
    BundleOptions options = config.bundleOptions().withDevice(DeviceChoice.CPU);
    load(location, options.withLoadEncoder(false).withWarmUp(false)).close();
  }

  private Bundle load(String location, BundleOptions options) {
    Bundle bundle = Bundle.load(location, options);
    try {
      checkMemory(bundle);
      checkHeadsFitRecords(bundle);
      return bundle;
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  @Override
  public Optional<String> whyNoOtherEncoder() {
    return config.engine().memory().texts() == TextPolicy.NONE
        ? Optional.of("memory.texts=none keeps no texts to encode anew")
        : Optional.empty();
  }

  @Override
  public AdaptationModel watched(AdaptationModel model) {
    AdaptationModel watched = watch.apply(model);
    return new AdaptationModel(
        watched.bundleId(),
        watched.encoder().map(this::remembering),
        watched.dimension(),
        watched.integrator(),
        watched.calibration());
  }

  /** A later bundle may come with the encoder of the first, which remembers already. */
  private Encoder remembering(Encoder encoder) {
    return config.cachedTexts() == 0 || encoder instanceof CachingEncoder
        ? encoder
        : new CachingEncoder(encoder, config.cachedTexts(), hits);
  }

  private void checkMemory(Bundle bundle) {
    MemorySettings memory = config.engine().memory();
    int labels = memory.labelsPerTenant();
    int examples = memory.mostExamples();
    int maxLabels = bundle.integrator().maxLabels();
    int maxExamples = bundle.integrator().maxExamples();
    if (labels > maxLabels || examples > maxExamples) {
      throw new BundleException(
          "memory: expected at most %d labels and %d examples, the largest that bundle '%s' takes,"
                  .formatted(maxLabels, maxExamples, bundle.id())
              + " found %d labels and %d examples".formatted(labels, examples));
    }
  }

  private void checkHeadsFitRecords(Bundle bundle) {
    config.topics().heads().ifPresent(topic -> checkHeadsFit(topic, bundle));
  }

  private void checkHeadsFit(String topic, Bundle bundle) {
    int labels = config.engine().memory().labelsPerTenant();
    int dimension = dimension(bundle);
    long bytes =
        RecordLimits.FRAME
            + RecordLimits.utf8(config.engine().limits().idLength())
            + labels
                * ((dimension + 1) * (long) Float.BYTES
                    + RecordLimits.utf8(config.engine().limits().labelLength()));
    if (bytes > limits.of(topic)) {
      throw new BundleException(
          "topics.heads: expected heads of at most %d bytes, the most that '%s' takes, found up to %d"
                  .formatted(limits.of(topic), topic, bytes)
              + " for %d labels × %d features. Raise max.message.bytes of the topic"
                  .formatted(labels, dimension));
    }
  }

  private int dimension(Bundle bundle) {
    OptionalInt ofEncoder =
        bundle
            .manifest()
            .encoderReference()
            .map(encoder -> OptionalInt.of(encoder.dimension()))
            .orElseGet(bundle::featureDimension);
    return ofEncoder.orElse(config.engine().limits().featureDimension());
  }
}
