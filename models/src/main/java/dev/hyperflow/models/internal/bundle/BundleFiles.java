package dev.hyperflow.models.internal.bundle;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.InnerLayer;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.ManifestJson;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.onnx.EncoderFiles;
import dev.hyperflow.models.internal.onnx.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The manifest of a bundle and the bytes of its files, read and verified but not opened: to look
 * into a bundle, or to make another one of it. An encoder it refers to is not among them.
 * Immutable.
 */
public final class BundleFiles {

  private static final int ID_DIGITS = 12;
  private static final int MAX_MANIFEST_BYTES = 1 << 20;

  private final String id;
  private final Manifest manifest;
  private final Map<String, ByteBuffer> contents; // direct buffers, never moved

  private BundleFiles(String id, Manifest manifest, Map<String, ByteBuffer> contents) {
    this.id = id;
    this.manifest = manifest;
    this.contents = contents;
  }

  /**
   * Reads and verifies a bundle's files.
   *
   * @param location as for {@link Bundle#load}
   * @throws BundleException if a file is missing, is not what the manifest says, or the manifest is
   *     wrong; the message is one line
   */
  public static BundleFiles read(String location) {
    return from(location, BundleFiles::read);
  }

  /** Reads something from the files of a bundle; every failure becomes a refusal of one line. */
  static <T> T from(String location, Reader<T> reader) {
    try (BundleSource source = BundleSource.of(location)) {
      return reader.read(source);
    } catch (NoSuchFileException e) {
      throw refusal(location, "expected file " + Messages.oneLine(e) + ", found none", e);
    } catch (IOException e) {
      String found = Messages.oneLine(e.toString());
      throw refusal(location, "expected readable files, found: " + found, e);
    } catch (IllegalArgumentException | BundleException e) {
      throw refusal(location, Messages.oneLine(e), e);
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      // Nobody foresaw it, or a native library or direct memory is missing: still one line for
      // whoever starts this.
      throw refusal(location, "expected to load, found: " + Messages.oneLine(e), e);
    }
  }

  /** Reads from a source that stays the caller's. */
  interface Reader<T> {
    T read(BundleSource source) throws IOException;
  }

  private static BundleException refusal(String location, String message, Throwable cause) {
    return new BundleException("bundle " + location + ": " + message, cause);
  }

  static BundleFiles read(BundleSource source) throws IOException {
    ByteBuffer manifestFile = source.read(Manifest.FILE);
    Check.range(Manifest.FILE + " bytes", 1, MAX_MANIFEST_BYTES, manifestFile.remaining());
    byte[] json = heapCopy(manifestFile);
    Manifest manifest = ManifestJson.read(json);
    Map<String, ByteBuffer> files = new TreeMap<>();
    for (Map.Entry<String, String> file : manifest.files().entrySet()) {
      files.put(file.getKey(), verified(source, file.getKey(), file.getValue()));
    }
    String id = manifest.name() + "@" + Sha256.of(json).substring(0, ID_DIGITS);
    return new BundleFiles(id, manifest, files);
  }

  static ByteBuffer verified(BundleSource source, String file, String sha256) throws IOException {
    ByteBuffer content = source.readLocation(file);
    String found = Sha256.of(content);
    if (!found.equals(sha256)) {
      throw new BundleException("%s: expected SHA-256 %s, found %s".formatted(file, sha256, found));
    }
    return content;
  }

  /**
   * Reads and verifies what the encoder of a bundle is opened from.
   *
   * @param location as for {@link Bundle#load}
   * @throws BundleException if the bundle cannot be used or has no encoder
   */
  public static EncoderFiles encoderFiles(String location) {
    return from(
        location,
        source -> {
          EncoderReference reference =
              read(source)
                  .manifest()
                  .encoderReference()
                  .orElseThrow(() -> new BundleException("encoder: expected one, found none"));
          return encoderFiles(reference, source);
        });
  }

  static EncoderFiles encoderFiles(EncoderReference reference, BundleSource source)
      throws IOException {
    InnerLayer inner = reference.inner();
    return new EncoderFiles(
        verified(source, reference.model(), reference.modelSha256()),
        verified(source, reference.tokenizer(), reference.tokenizerSha256()),
        inner == null
            ? Optional.empty()
            : Optional.of(verified(source, inner.projection(), inner.projectionSha256())));
  }

  static byte[] heapCopy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** As {@link Bundle#id()}. */
  public String id() {
    return id;
  }

  /** What the bundle says of itself. */
  public Manifest manifest() {
    return manifest;
  }

  /** The content of {@code drift.onnx}, in a direct buffer of the caller's. */
  public ByteBuffer drift() {
    return contents.get(Manifest.DRIFT).duplicate();
  }

  /** The content of {@code integrate.onnx}, in a direct buffer of the caller's. */
  public ByteBuffer integrate() {
    return contents.get(Manifest.INTEGRATE).duplicate();
  }

  /** A copy of the files by name, the manifest's own not among them. */
  public SortedMap<String, byte[]> content() {
    SortedMap<String, byte[]> copy = new TreeMap<>();
    contents.forEach((name, content) -> copy.put(name, heapCopy(content)));
    return copy;
  }

  /** Sizes in bytes by file name, the manifest not among them. */
  public SortedMap<String, Integer> sizes() {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    contents.forEach((name, content) -> sizes.put(name, content.remaining()));
    return Collections.unmodifiableSortedMap(sizes);
  }
}
