package dev.hyperflow.models.internal;

import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.onnx.OnnxRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** Support sets and bundles for tests. */
public final class Fixtures {

  private Fixtures() {}

  /** Random unit vectors in random classes; every label has an example. */
  public static SupportSet supportSet(Random random, int dimension, int labels, int examples) {
    SupportSet.Builder builder = SupportSet.builder(dimension, labels);
    float[][] centres = new float[labels][];
    for (int n = 0; n < labels; n++) {
      centres[n] = gaussian(random, dimension);
    }
    for (int i = 0; i < examples; i++) {
      int label = i < labels ? i : random.nextInt(labels);
      float[] x = gaussian(random, dimension);
      double squares = 0;
      for (int d = 0; d < dimension; d++) {
        x[d] += centres[label][d];
        squares += x[d] * x[d];
      }
      for (int d = 0; d < dimension; d++) {
        x[d] /= (float) Math.sqrt(squares);
      }
      builder.add(label, random.nextInt(4) == 0 ? 0.5f + random.nextFloat() : 1f, x);
    }
    return builder.build();
  }

  /** The drift network of a bundle, the caller's to close. */
  public static DriftField driftField(String location) {
    BundleFiles files = BundleFiles.read(location);
    return OnnxRuntime.start(BundleOptions.defaults())
        .openDriftField(files.manifest(), files.drift());
  }

  public static float[] gaussian(Random random, int dimension) {
    float[] x = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      x[d] = (float) random.nextGaussian();
    }
    return x;
  }

  static Manifest manifest(SortedMap<String, String> files) {
    return new Manifest(
        1,
        "tiny",
        "A bundle for tests.",
        FeatureDimension.any(),
        "euler",
        TinyGraphs.STEPS,
        1.0,
        Buckets.standard(),
        new Manifest.InitialHead("prototype", 1.0, "zero"),
        new Manifest.Softmax(1.0),
        null,
        null,
        files,
        Manifest.Provenance.analytic(List.of()),
        "Apache-2.0");
  }

  /** Writes a bundle around an {@code integrate.onnx}. */
  public static Path bundle(Path directory, byte[] integrate) {
    return bundle(directory, integrate, m -> m);
  }

  public static Path bundle(Path directory, byte[] integrate, UnaryOperator<Manifest> edit) {
    try {
      BundleWriter.write(
          directory,
          Map.of("drift.onnx", TinyGraphs.drift(), "integrate.onnx", integrate),
          hashes -> edit.apply(manifest(hashes)));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Manifest withEncoder(Manifest m, Manifest.EncoderReference encoder) {
    return with(m, m.buckets(), encoder, m.initialHead());
  }

  public static Manifest withInitialScale(Manifest m, Buckets buckets, double scale) {
    return with(
        m,
        buckets,
        m.encoder(),
        new Manifest.InitialHead("prototype", scale, m.initialHead().bias()));
  }

  public static Manifest withBuckets(Manifest m, Buckets buckets) {
    return with(m, buckets, m.encoder(), m.initialHead());
  }

  private static Manifest with(
      Manifest m,
      Buckets buckets,
      Manifest.EncoderReference encoder,
      Manifest.InitialHead initialHead) {
    return new Manifest(
        m.formatVersion(),
        m.name(),
        m.description(),
        m.featureDimension(),
        m.integrator(),
        m.steps(),
        m.horizon(),
        buckets,
        initialHead,
        m.calibration(),
        encoder,
        null,
        m.files(),
        m.provenance(),
        m.licence());
  }
}
