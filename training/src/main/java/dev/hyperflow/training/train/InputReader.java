package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.data.FeatureCache;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns texts into features with the encoder of a bundle. */
final class InputReader {

  private final String encoderBundle;
  private final FeatureCache cache;
  private final ProgressLine progress;

  /**
   * A reader.
   *
   * @param encoderBundle location of the bundle whose encoder is to be used
   */
  InputReader(String encoderBundle, FeatureCache cache, ProgressLine progress) {
    this.encoderBundle = encoderBundle;
    this.cache = cache;
    this.progress = progress;
  }

  /**
   * The features of texts, and those that came as such.
   *
   * @param training texts to learn from
   * @param ready features to learn from
   * @param validation texts to judge by
   * @throws dev.hyperflow.models.BundleException if the encoder is needed and cannot be loaded
   * @throws TrainingException if it is needed and the bundle has none
   */
  Inputs read(
      List<LabelledTexts> training, List<LabelledFeatures> ready, List<LabelledTexts> validation)
      throws InterruptedException {
    if (training.isEmpty() && validation.isEmpty()) {
      return new Inputs(ready, List.of(), Optional.empty());
    }
    BundleOptions options = BundleOptions.defaults().withWarmUp(false);
    try (Bundle bundle = Bundle.load(encoderBundle, options)) {
      Encoder encoder =
          bundle
              .encoder()
              .orElseThrow(
                  () ->
                      new TrainingException(
                          "--encoder: expected a bundle with an encoder, found none in "
                              + encoderBundle));
      List<LabelledFeatures> all = features(training, encoder);
      all.addAll(ready);
      return new Inputs(all, features(validation, encoder), bundle.manifest().encoderReference());
    }
  }

  private List<LabelledFeatures> features(List<LabelledTexts> sets, Encoder encoder)
      throws InterruptedException {
    List<LabelledFeatures> features = new ArrayList<>();
    for (LabelledTexts set : sets) {
      features.add(cache.features(set, encoder, this::show));
    }
    return features;
  }

  private void show(String set, int done, int total) {
    progress.update(String.format(Locale.ROOT, "%s: %,d of %,d texts encoded", set, done, total));
  }
}
