package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.InnerLayer;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The inner layer of an encoder: before its mean and its axes are known, how they are found, and
 * after.
 */
public final class InnerLayers {

  /** The file of a bundle that holds mean and axes. */
  public static final String FILE = "inner.bin";

  private InnerLayers() {}

  /**
   * Writes a bundle whose encoder hands out an inner layer as it is besides its last one.
   *
   * @param location the bundle whose encoder it is
   * @param value name of the inner layer's output
   * @param directory where to write
   */
  static void write(String location, String value, Path directory) throws IOException {
    BundleFiles files = BundleFiles.read(location);
    Manifest manifest = files.manifest();
    EncoderReference encoder = manifest.encoder();
    if (encoder == null) {
      throw new IllegalArgumentException(
          "bundle " + location + ": expected an encoder, found none");
    }
    int width = encoder.outerWidth();
    Blocks blocks = Blocks.standard(width);
    byte[] unchanged = bytes(new double[width], PrincipalAxes.identity(width));
    SortedMap<String, byte[]> content = files.content();
    content.put(FILE, unchanged);
    content.put(
        Manifest.INTEGRATE,
        IntegrateGraph.build(
            content.get(Manifest.DRIFT),
            IntegrationPlan.of(manifest).withBlocks(Optional.of(blocks))));
    InnerLayer inner = new InnerLayer(value, width, width, FILE, Sha256.of(unchanged), "nothing");
    BundleWriter.write(
        directory, content, hashes -> manifest.with(encoder.with(inner), blocks, hashes));
  }

  /** The encoder that projects its inner layer. */
  public static EncoderReference projected(
      EncoderReference encoder, byte[] projection, List<String> corpus) {
    int width = encoder.inner().width();
    return encoder.with(
        new InnerLayer(
            encoder.inner().value(),
            width,
            projection.length / Float.BYTES / width - 1,
            FILE,
            Sha256.of(projection),
            "texts of " + String.join(", ", corpus)));
  }

  /**
   * The mean of the last columns over sets, each text alike, and their axes of largest variance.
   *
   * @param width number of the last columns
   * @param dimension number of axes, at most as many
   * @return little-endian floats: the mean, then the axes
   */
  public static byte[] projection(List<LabelledFeatures> sets, int width, int dimension) {
    double[] mean = new double[width];
    long[] count = {0};
    forEach(
        sets,
        width,
        x -> {
          for (int d = 0; d < width; d++) {
            mean[d] += x[d];
          }
          count[0]++;
        });
    for (int d = 0; d < width; d++) {
      mean[d] /= count[0];
    }
    double[][] covariance = new double[width][width];
    forEach(
        sets,
        width,
        x -> {
          for (int d = 0; d < width; d++) {
            double centred = x[d] - mean[d];
            for (int e = 0; e <= d; e++) {
              covariance[d][e] += centred * (x[e] - mean[e]);
            }
          }
        });
    for (int d = 0; d < width; d++) {
      for (int e = 0; e < d; e++) {
        covariance[e][d] = covariance[d][e];
      }
    }
    return bytes(mean, PrincipalAxes.of(covariance, dimension));
  }

  /** The last columns of every text; the array is used again. */
  private static void forEach(List<LabelledFeatures> sets, int width, Consumer<float[]> action) {
    float[] last = new float[width];
    for (LabelledFeatures set : sets) {
      for (int label = 0; label < set.labels().size(); label++) {
        for (int text = 0; text < set.count(label); text++) {
          System.arraycopy(set.row(label, text), set.dimension() - width, last, 0, width);
          action.accept(last);
        }
      }
    }
  }

  private static byte[] bytes(double[] mean, double[][] axes) {
    ByteBuffer bytes =
        ByteBuffer.allocate((1 + axes.length) * mean.length * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (double value : mean) {
      bytes.putFloat((float) value);
    }
    for (double[] axis : axes) {
      for (double value : axis) {
        bytes.putFloat((float) value);
      }
    }
    return bytes.array();
  }

  /** The set with its last columns projected and of length 1, as the encoder will give them. */
  public static LabelledFeatures project(LabelledFeatures set, byte[] projection, int width) {
    float[] all = new float[projection.length / Float.BYTES];
    ByteBuffer.wrap(projection).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(all);
    int dimension = all.length / width - 1;
    int outer = set.dimension() - width;
    return set.map(
        row -> {
          float[] projected = Arrays.copyOf(row, outer + dimension);
          double squares = 0;
          for (int axis = 0; axis < dimension; axis++) {
            double sum = 0;
            for (int d = 0; d < width; d++) {
              sum += (double) all[(1 + axis) * width + d] * (row[outer + d] - all[d]);
            }
            projected[outer + axis] = (float) sum;
            squares += sum * sum;
          }
          for (int axis = 0; axis < dimension; axis++) {
            projected[outer + axis] /= (float) Math.sqrt(squares);
          }
          return projected;
        });
  }
}
