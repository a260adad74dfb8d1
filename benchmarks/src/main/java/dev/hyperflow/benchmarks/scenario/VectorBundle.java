package dev.hyperflow.benchmarks.scenario;

import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The shipped bundle without its encoder: it takes vectors of any dimension, and no texts. */
final class VectorBundle {

  private VectorBundle() {}

  /**
   * Writes it into a directory, which is made.
   *
   * @return the value for the setting {@code bundle}
   */
  static String write(Path directory) {
    BundleFiles shipped = BundleFiles.read(ShippedBundles.ANALYTIC);
    try {
      BundleWriter.write(
          directory, shipped.content(), hashes -> shipped.manifest().with(null, null, hashes));
      return directory.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
