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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/** Turns texts into features with the encoder of a bundle. For use by one thread. */
public final class FeatureReader implements AutoCloseable {

  private final Bundle bundle;
  private final Encoder encoder;
  private final FeatureCache cache;
  private final SortedMap<String, byte[]> files;

  private FeatureReader(
      Bundle bundle, Encoder encoder, FeatureCache cache, SortedMap<String, byte[]> files) {
    this.files = files;
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
    return new FeatureReader(bundle, encoder.get(), cache, files(location, bundle.manifest()));
  }

  /** The encoder's files that are not on the class path. */
  private static SortedMap<String, byte[]> files(String location, Manifest manifest) {
    EncoderReference encoder = manifest.encoder();
    Set<String> names = new TreeSet<>(List.of(encoder.model(), encoder.tokenizer()));
    if (encoder.inner() != null) {
      names.add(encoder.inner().projection());
    }
    names.retainAll(manifest.files().keySet());
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (!names.isEmpty()) {
      files.putAll(BundleFiles.read(location).content());
      files.keySet().retainAll(names);
    }
    return files;
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
        try (Stream<Path> written = Files.list(directory)) {
          for (Path file : written.toList()) {
            Files.delete(file);
          }
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
    return reference()
        .flatMap(found -> Optional.ofNullable(found.inner()))
        .map(inner -> files.get(inner.projection()));
  }

  /** Whether the encoder gives a text the same vector as a query and as an example. */
  public boolean knowsNoRoles() {
    return encoder.prefixes().alike();
  }

  /** The encoder's files that are files of the bundle, by name. */
  public SortedMap<String, byte[]> files() {
    return Collections.unmodifiableSortedMap(files);
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
