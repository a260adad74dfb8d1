package dev.hyperflow.training.data;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Turns texts into features with the encoder of a bundle. For use by one thread. */
public final class FeatureReader implements AutoCloseable {

  private final Bundle bundle;
  private final Encoder encoder;
  private final FeatureCache cache;
  private final Optional<byte[]> projection;

  private FeatureReader(
      Bundle bundle, Encoder encoder, FeatureCache cache, Optional<byte[]> projection) {
    this.projection = projection;
    this.bundle = bundle;
    this.encoder = encoder;
    this.cache = cache;
  }

  /**
   * Loads the encoder of a bundle.
   *
   * @param location as in {@link Bundle#load}
   * @throws BundleException if the bundle cannot be used or has no encoder
   */
  public static FeatureReader open(String location, FeatureCache cache) {
    Bundle bundle = Bundle.load(location, BundleOptions.defaults().withWarmUp(false));
    Optional<Encoder> encoder = bundle.encoder();
    if (encoder.isEmpty()) {
      bundle.close();
      throw new BundleException("bundle " + location + ": expected an encoder, found none");
    }
    Optional<byte[]> projection =
        bundle
            .manifest()
            .encoderReference()
            .flatMap(reference -> Optional.ofNullable(reference.inner()))
            .map(inner -> BundleFiles.read(location).content().get(inner.projection()));
    return new FeatureReader(bundle, encoder.get(), cache, projection);
  }

  /**
   * Loads the encoder of a bundle, to hand out an inner layer as a second block; see {@link
   * InnerLayers}.
   *
   * @param value name of the inner layer's output
   * @throws BundleException if the bundle cannot be used, or its encoder has no such output
   */
  public static FeatureReader open(String location, String value, FeatureCache cache) {
    try {
      Path directory = Files.createTempDirectory("hyperflow-inner");
      try {
        InnerLayers.write(location, value, directory);
        return open(directory.toString(), cache);
      } finally {
        for (String file :
            List.of(Manifest.FILE, Manifest.DRIFT, Manifest.INTEGRATE, InnerLayers.FILE)) {
          Files.deleteIfExists(directory.resolve(file));
        }
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary files: expected to be writable, found: " + e, e);
    }
  }

  /**
   * Gives the features of a set.
   *
   * @param progress as in {@link FeatureCache#features}
   */
  public LabelledFeatures read(LabelledTexts texts, DoubleConsumer progress)
      throws InterruptedException {
    return cache.features(texts, encoder, progress);
  }

  /** Id of the encoder, for example {@code all-minilm-l6-v2@ad2ba4459f1f}. */
  public String encoder() {
    return encoder.id();
  }

  /** Number of the first columns of a vector that are the encoder's last layer. */
  public int outerWidth() {
    return encoder.dimension() - encoder.innerWidth();
  }

  /** Mean and axes of the encoder's inner layer, a file of the bundle; empty if it has none. */
  public Optional<byte[]> projection() {
    return projection;
  }

  /** How the bundle's manifest names the encoder. */
  public Optional<EncoderReference> reference() {
    return bundle.manifest().encoderReference();
  }

  @Override
  public void close() {
    bundle.close();
  }
}
