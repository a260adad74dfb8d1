package dev.hyperflow.models.internal.make;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.util.Objects;
import java.util.Optional;

/**
 * What a bundle is to be, besides its drift network.
 *
 * @param label how it is called
 * @param integration how its trajectories run
 * @param featureDimension the feature lengths it takes
 * @param buckets what inputs are padded to
 * @param temperature divisor of logits, 0.001 to 1000
 * @param encoder the encoder it was made for, if any
 */
public record BundlePlan(
    Label label,
    IntegrationPlan integration,
    FeatureDimension featureDimension,
    Buckets buckets,
    double temperature,
    Optional<EncoderReference> encoder) {

  public BundlePlan {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(integration, "integration");
    Objects.requireNonNull(featureDimension, "featureDimension");
    Objects.requireNonNull(buckets, "buckets");
    Objects.requireNonNull(encoder, "encoder");
  }

  /**
   * How a bundle is called.
   *
   * @param name lower-case letters, digits, dots and hyphens, at most 64
   * @param description one sentence
   * @param licence SPDX expression
   */
  public record Label(String name, String description, String licence) {}
}
