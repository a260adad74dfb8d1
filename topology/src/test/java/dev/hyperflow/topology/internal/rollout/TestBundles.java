package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Writes bundles with the shipped one's networks under other names, for features only. */
public final class TestBundles {
  /** Loads bundles in a moment: without the encoder and without the warm-up. */
  public static final BundleLoad LOADER =
      (location, withEncoder) ->
          Bundle.load(location, BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false));

  private static final String ROOT = ShippedBundles.ANALYTIC.substring("classpath:".length());

  private TestBundles() {}

  /** Writes a bundle that takes features of any length; gives its location. */
  public static String write(Path parent, String name) throws IOException {
    return write(parent, name, FeatureDimension.any(), null);
  }

  /**
   * Writes a bundle whose encoder is the shipped one, but reads so many tokens of a text only;
   * gives its location.
   *
   * @param maxTokens a multiple of 8
   */
  public static String withEncoder(Path parent, String name, int maxTokens) throws IOException {
    Manifest.EncoderReference encoder = ShippedBundles.MINILM;
    return write(
        parent,
        name,
        FeatureDimension.any(),
        new Manifest.EncoderReference(
            encoder.id(),
            encoder.model(),
            encoder.modelSha256(),
            encoder.tokenizer(),
            encoder.tokenizerSha256(),
            encoder.pooling(),
            encoder.normalise(),
            maxTokens,
            encoder.dimension()));
  }

  static String write(
      Path parent, String name, FeatureDimension dimension, Manifest.EncoderReference encoder)
      throws IOException {
    Manifest m = shipped();
    Map<String, byte[]> files = new HashMap<>();
    for (String file : m.files().keySet()) {
      try (InputStream in =
          Objects.requireNonNull(
              TestBundles.class.getClassLoader().getResourceAsStream(ROOT + "/" + file))) {
        files.put(file, in.readAllBytes());
      }
    }
    Path directory = parent.resolve(name);
    BundleWriter.write(
        directory,
        files,
        hashes ->
            new Manifest(
                m.formatVersion(),
                name,
                m.description(),
                dimension,
                m.integrator(),
                m.steps(),
                m.horizon(),
                m.buckets(),
                m.initialHead(),
                m.calibration(),
                encoder,
                null,
                hashes,
                m.provenance(),
                m.licence()));
    return directory.toString();
  }

  static Manifest shipped() {
    try (Bundle bundle = LOADER.load(ShippedBundles.ANALYTIC, false)) {
      return bundle.manifest();
    }
  }
}
