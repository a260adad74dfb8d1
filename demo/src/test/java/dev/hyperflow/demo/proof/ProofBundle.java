package dev.hyperflow.demo.proof;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The shipped bundle's drift network without its encoder and with few buckets: quick to load. */
final class ProofBundle {

  private static final String SHIPPED = "bundles/minilm-analytic-v0";

  private ProofBundle() {}

  /**
   * Writes the bundle.
   *
   * @param directory where to
   * @param dimension the features it takes
   * @return the directory
   */
  static Path write(Path directory, FeatureDimension dimension) throws IOException {
    return write(
        directory, dimension, new Buckets(List.of(4, 8), List.of(16, 64, 256), List.of(1, 8)));
  }

  /** The same for tenants of any size that the shipped bundle takes; slower to load. */
  static Path writeForLargeTenants(Path directory, FeatureDimension dimension) throws IOException {
    return write(
        directory,
        dimension,
        new Buckets(List.of(8, 32, 64, 150), List.of(64, 256, 1024), List.of(1, 8)));
  }

  private static Path write(Path directory, FeatureDimension dimension, Buckets buckets)
      throws IOException {
    Manifest shipped;
    try (Bundle bundle =
        Bundle.load(
            "classpath:" + SHIPPED,
            BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false))) {
      shipped = bundle.manifest();
    }
    BundleWriter.write(
        directory,
        Map.of("drift.onnx", resource("drift.onnx"), "integrate.onnx", resource("integrate.onnx")),
        files -> manifest(shipped, dimension, buckets, files));
    return directory;
  }

  private static Manifest manifest(
      Manifest shipped,
      FeatureDimension dimension,
      Buckets buckets,
      SortedMap<String, String> files) {
    return new Manifest(
        shipped.formatVersion(),
        "proof",
        "For proofs.",
        dimension,
        shipped.integrator(),
        shipped.steps(),
        shipped.horizon(),
        buckets,
        shipped.initialHead(),
        shipped.calibration(),
        null,
        null,
        files,
        shipped.provenance(),
        shipped.licence());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Bundle.class.getClassLoader().getResourceAsStream(SHIPPED + "/" + name)) {
      return in.readAllBytes();
    }
  }
}
