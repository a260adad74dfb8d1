package dev.hyperflow.training.finetune;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.bundle.Bundle;

/** Finds the encoder a bundle was made for. */
final class PretrainedEncoder {

  private PretrainedEncoder() {}

  /**
   * The reference of a bundle's encoder.
   *
   * @throws BundleException if the bundle cannot be used or has no encoder
   */
  static EncoderReference reference(String location) {
    BundleOptions options = BundleOptions.defaults().withEncodedFeatures().withWarmUp(false);
    try (Bundle bundle = Bundle.load(location, options)) {
      return of(bundle, location);
    }
  }

  /** The same of a bundle that is loaded. */
  static EncoderReference of(Bundle bundle, String location) {
    return bundle
        .manifest()
        .encoderReference()
        .orElseThrow(
            () -> new BundleException("bundle " + location + ": expected an encoder, found none"));
  }
}
