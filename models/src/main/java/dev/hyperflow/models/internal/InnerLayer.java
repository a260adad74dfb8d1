package dev.hyperflow.models.internal;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The second block of a vector, from the same run of the model: an inner layer, pooled, scaled to
 * Euclidean length 1, centred, projected, and scaled again.
 *
 * @param value name of the inner layer's output in the ONNX file, float[texts, tokens, width]
 * @param width number of its columns, 1 to 65536
 * @param dimension number of columns of the block, 1 to width
 * @param projection where the mean and the axes are: (1 + dimension) × width little-endian floats,
 *     the mean of scaled vectors over a corpus first; {@code classpath:…} or a file of the bundle
 * @param projectionSha256 hash of that file
 * @param corpus what mean and axes were computed from, in words
 */
public record InnerLayer(
    @JsonProperty(required = true) String value,
    @JsonProperty(required = true) int width,
    @JsonProperty(required = true) int dimension,
    @JsonProperty(required = true) String projection,
    @JsonProperty(required = true) String projectionSha256,
    @JsonProperty(required = true) String corpus) {

  public InnerLayer {
    Check.text("encoder.inner.value", value);
    Check.range("encoder.inner.width", 1, FeatureDimension.MAX, width);
    Check.range("encoder.inner.dimension", 1, width, dimension);
    Check.location("encoder.inner.projection", projection);
    Check.sha256("encoder.inner.projectionSha256", projectionSha256);
    Check.text("encoder.inner.corpus", corpus);
  }
}
