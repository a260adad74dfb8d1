package dev.hyperflow.training.finetune;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.TextPrefixes;
import dev.hyperflow.models.internal.bundle.Bundle;

/** Finds the encoder a bundle was made for. */
final class PretrainedEncoder {

  private PretrainedEncoder() {}

  /**
   * The reference of a bundle's encoder.
   *
   * @throws BundleException if the bundle cannot be used or has no encoder that can be tuned
   */
  static EncoderReference reference(String location) {
    BundleOptions options = BundleOptions.defaults().withEncodedFeatures().withWarmUp(false);
    try (Bundle bundle = Bundle.load(location, options)) {
      return of(bundle, location);
    }
  }

  /** The same of a bundle that is loaded. */
  static EncoderReference of(Bundle bundle, String location) {
    return tunable(
        bundle
            .manifest()
            .encoderReference()
            .orElseThrow(
                () ->
                    new BundleException(
                        "bundle " + location + ": expected an encoder, found none")),
        location);
  }

  /** Tuning takes the mean of all tokens, and puts nothing before a text. */
  static EncoderReference tunable(EncoderReference encoder, String location) {
    TextPrefixes prefixes = encoder.textPrefixes();
    if (!encoder.pooling().equals("mean") || !prefixes.equals(TextPrefixes.NONE)) {
      throw new BundleException(
          "bundle %s: expected an encoder with mean pooling and without prefixes, found %s, '%s' and '%s'"
              .formatted(location, encoder.pooling(), prefixes.query(), prefixes.example()));
    }
    return encoder;
  }
}
