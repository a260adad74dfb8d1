package dev.hyperflow.training.cli;

import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.data.FeatureCache;
import dev.hyperflow.training.data.FeatureReader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of verbs that turn texts into features. */
public final class EncoderOptions {

  @Option(
      names = "--encoder",
      paramLabel = "BUNDLE",
      defaultValue = ShippedBundles.DRIFT,
      description = "The bundle whose encoder makes the features.")
  private String encoder;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "Where features are kept. Default: ~/.cache/hyperflow/features")
  private Path cache;

  /**
   * Opens the encoder. The caller closes the reader.
   *
   * @param threads how many encode at once, at least 1
   * @throws dev.hyperflow.models.BundleException if the bundle cannot be used or has no encoder
   */
  public FeatureReader open(int threads) {
    return open(threads, Optional.empty());
  }

  /**
   * Opens the encoder, to hand out an inner layer as a second block if one is named. The caller
   * closes the reader.
   *
   * @param threads how many encode at once, at least 1
   * @param inner name of the layer's output in the ONNX file
   * @throws dev.hyperflow.models.BundleException if the bundle cannot be used, has no encoder, or
   *     its encoder has no such layer
   */
  public FeatureReader open(int threads, Optional<String> inner) {
    Path directory =
        cache == null
            ? Path.of(System.getProperty("user.home"), ".cache", "hyperflow", "features")
            : cache;
    FeatureCache features = new FeatureCache(directory, threads);
    return inner.isPresent()
        ? FeatureReader.open(encoder, inner.get(), features)
        : FeatureReader.open(encoder, features);
  }
}
