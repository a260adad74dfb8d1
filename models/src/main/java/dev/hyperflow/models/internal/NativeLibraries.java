package dev.hyperflow.models.internal;

import dev.hyperflow.models.BundleException;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks native libraries of jars into one folder by their content and leaves them there for the
 * next process. Left to themselves, they unpack into a temporary folder that a killed process does
 * not delete. Thread-safe.
 */
public final class NativeLibraries {
  /** Names the folder: a system property. */
  public static final String PROPERTY = "hyperflow.native.dir";

  /** Names the folder, without {@link #PROPERTY}: an environment variable. */
  public static final String VARIABLE = "HYPERFLOW_NATIVE_DIR";

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);

  private NativeLibraries() {}

  /**
   * A library.
   *
   * @param resource its absolute name in the jar
   * @param file its name in the folder
   */
  public record Library(String resource, String file) {}

  /**
   * Unpacks the libraries of a jar that belong together.
   *
   * @param name of the folder
   * @param jar a class of the jar
   * @param loader loads them from a folder; throws {@link UnsatisfiedLinkError} if that cannot be
   * @return the folder that holds them; empty when the jar has none for this machine, or no folder
   *     can be written: then they are left to themselves
   * @throws BundleException when they cannot be loaded from any folder, with the setting that helps
   */
  public static Optional<Path> unpack(
      String name, Class<?> jar, List<Library> libraries, Consumer<Path> loader) {
    List<String> refused = new ArrayList<>();
    for (Path folder : folders()) {
      try {
        Optional<Path> unpacked = unpack(folder, name, jar, libraries);
        if (unpacked.isEmpty()) {
          return unpacked;
        }
        loader.accept(unpacked.get());
        return unpacked;
      } catch (IOException e) {
        LOG.atDebug().addKeyValue("folder", folder).setCause(e).log("No place for libraries");
      } catch (UnsatisfiedLinkError e) {
        refused.add(Causes.rootMessage(e));
      }
    }
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    throw new BundleException(
        "native libraries: expected a folder that they can be loaded from, found none: %s. If it is"
                .formatted(String.join("; ", refused))
            + " mounted noexec, name another one with %s".formatted(VARIABLE));
  }

  private static List<Path> folders() {
    String named = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    return named != null
        ? List.of(Path.of(named))
        : List.of(
            Path.of(System.getProperty("user.home"), ".cache", "hyperflow"),
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "hyperflow-" + System.getProperty("user.name")));
  }

  private static Optional<Path> unpack(
      Path root, String name, Class<?> jar, List<Library> libraries) throws IOException {
    Optional<String> content = contentOf(jar, libraries.get(0).resource());
    if (content.isEmpty()) {
      return Optional.empty();
    }
    Path folder =
        Files.createDirectories(root.resolve(name + "-" + content.get())).toAbsolutePath();
    requireOwn(folder);
    for (Library library : libraries) {
      Path file = folder.resolve(library.file());
      URL url = jar.getResource(library.resource());
      if (url != null && !hasSize(file, sizeOf(url))) {
        Path part = Files.createTempFile(folder, library.file(), ".part");
        try (InputStream in = url.openStream()) {
          Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
          Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(part);
        }
      }
    }
    return Optional.of(folder);
  }

  /** In a folder that everybody may write to, another user could have put libraries there. */
  private static void requireOwn(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "probe", ".part");
    try {
      if (!Files.getOwner(probe).equals(Files.getOwner(folder))) {
        throw new IOException("expected a folder of this user, found " + Files.getOwner(folder));
      }
    } finally {
      Files.delete(probe);
    }
  }

  private static boolean hasSize(Path file, long size) throws IOException {
    return Files.exists(file) && Files.size(file) == size;
  }

  private static long sizeOf(URL url) throws IOException {
    return url.openConnection().getContentLengthLong();
  }

  /** What tells a library from that of another version: its checksum in the jar. */
  private static Optional<String> contentOf(Class<?> jar, String resource) throws IOException {
    URL url = jar.getResource(resource);
    if (url == null) {
      return Optional.empty();
    }
    URLConnection connection = url.openConnection();
    if (connection instanceof JarURLConnection inJar) {
      JarEntry entry = inJar.getJarEntry();
      return Optional.of("%08x".formatted(entry.getCrc()));
    }
    return Optional.empty();
  }
}
