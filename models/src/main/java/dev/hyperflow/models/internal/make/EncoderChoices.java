package dev.hyperflow.models.internal.make;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody says of an encoder, where its folder does not say it or is not to be believed.
 *
 * @param model the ONNX file, below the folder
 * @param pooling a value of {@code encoder.pooling}
 * @param normalise whether vectors are scaled to Euclidean length 1
 * @param queryPrefix what is put before queries
 * @param examplePrefix what is put before examples
 * @param maxTokens maximum number of tokens that are read, 8 to 512
 */
public record EncoderChoices(
    Optional<Path> model,
    Optional<String> pooling,
    Optional<Boolean> normalise,
    Optional<String> queryPrefix,
    Optional<String> examplePrefix,
    OptionalInt maxTokens) {

  /** All as the folder says. */
  public static EncoderChoices none() {
    return new EncoderChoices(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty());
  }
}
