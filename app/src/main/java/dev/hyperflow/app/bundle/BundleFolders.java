package dev.hyperflow.app.bundle;

import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the bundles that {@code bundle list} shows. */
public final class BundleFolders {

  private BundleFolders() {}

  /**
   * Locations of the shipped bundles and of those in folders.
   *
   * @param folders each is looked into, one level deep: directories with a manifest and zip files
   * @throws IOException if a folder cannot be read
   */
  public static List<String> find(List<Path> folders) throws IOException {
    List<String> locations = new ArrayList<>(ShippedBundles.locations());
    for (Path folder : folders) {
      try (Stream<Path> children = Files.list(folder)) {
        children
            .filter(BundleFolders::looksLikeABundle)
            .map(Path::toString)
            .sorted()
            .forEach(locations::add);
      }
    }
    return locations;
  }

  /**
   * The location of a bundle that is named as the list prints it: a location stays what it is; the
   * name or the id of a shipped bundle becomes its location.
   */
  public static String locationOf(String given) {
    for (String location : ShippedBundles.locations()) {
      String name = location.substring(location.lastIndexOf('/') + 1);
      if (given.equals(name)
          || (given.startsWith(name + "@") && given.equals(BundleSummary.read(location).id()))) {
        return location;
      }
    }
    return given;
  }

  /**
   * Refuses a folder for a new bundle that holds one, unless that is to be replaced.
   *
   * @param option names the folder on the command line
   * @throws IllegalArgumentException if it holds a bundle, or is a file
   */
  public static void requireFree(String option, Path folder, boolean force) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s: expected a folder, found the file %s".formatted(option, folder));
    }
    if (!force && Files.exists(folder.resolve(Manifest.FILE))) {
      throw new IllegalArgumentException(
          "%s: expected a folder without a bundle, found one in %s; --force replaces it"
              .formatted(option, folder));
    }
  }

  private static boolean looksLikeABundle(Path path) {
    return Files.isRegularFile(path.resolve(Manifest.FILE))
        || (Files.isRegularFile(path) && path.toString().endsWith(".zip"));
  }
}
