package dev.hyperflow.models.internal.bundle;

import dev.hyperflow.models.internal.Check;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.ManifestJson;
import dev.hyperflow.models.internal.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes bundles. Equal content gives equal bytes, hence an equal bundle id. */
public final class BundleWriter {

  private BundleWriter() {}

  /**
   * Writes the files of a bundle and, last, its manifest, into a directory; existing files of the
   * same names are replaced.
   *
   * @param directory created if missing
   * @param files content by file name; {@code drift.onnx} and {@code integrate.onnx} at least
   * @param manifest makes the manifest from the SHA-256 of each file
   * @return the manifest
   * @throws IllegalArgumentException if a file name or a value of the manifest is not allowed;
   *     nothing is written then
   */
  public static Manifest write(
      Path directory,
      Map<String, byte[]> files,
      Function<SortedMap<String, String>, Manifest> manifest)
      throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    files.forEach((name, content) -> hashes.put(name, Sha256.of(content)));
    Manifest made = manifest.apply(Collections.unmodifiableSortedMap(hashes));
    Check.check(made.files().equals(hashes), "files", hashes.toString(), made.files());
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.write(directory.resolve(Manifest.FILE), ManifestJson.write(made));
    return made;
  }
}
