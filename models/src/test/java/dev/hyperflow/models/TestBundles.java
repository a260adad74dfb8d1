package dev.hyperflow.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bundle that behaviour tests run against, loaded once for all tests of this JVM. */
final class TestBundles {

  static final Bundle BUNDLE = load();

  private TestBundles() {}

  private static Bundle load() {
    try {
      Path directory = Files.createTempDirectory("bundle");
      return Bundle.load(
          Fixtures.bundle(directory, TinyGraphs.integrate()).toString(), BundleOptions.defaults());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
