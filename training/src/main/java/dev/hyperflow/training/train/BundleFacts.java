package dev.hyperflow.training.train;

import dev.hyperflow.models.internal.Manifest;
import java.util.SortedMap;

/**
 * What a manifest says beside what training found out.
 *
 * @param name name of the bundle
 * @param description one sentence for people
 * @param encoder the encoder that made the features; null if they came as they are
 * @param licence SPDX expression
 * @param provenance where it comes from
 */
record BundleFacts(
    String name,
    String description,
    Manifest.EncoderReference encoder,
    String licence,
    Origin provenance) {

  /** Makes the note on provenance once the figures are known. */
  @FunctionalInterface
  interface Origin {

    Manifest.Provenance with(SortedMap<String, Double> figures);
  }
}
