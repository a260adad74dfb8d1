package dev.hyperflow.training.cli;

import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.data.FeatureCache;
import dev.hyperflow.training.data.FeatureReader;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of verbs that turn texts into features. */
public final class EncoderOptions {

  @Option(
      names = "--encoder",
      paramLabel = "BUNDLE",
      defaultValue = ShippedBundles.ANALYTIC,
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
    Path directory =
        cache == null
            ? Path.of(System.getProperty("user.home"), ".cache", "hyperflow", "features")
            : cache;
    return FeatureReader.open(encoder, new FeatureCache(directory, threads));
  }
}
