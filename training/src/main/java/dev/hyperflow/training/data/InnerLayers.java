package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Manifest.InnerLayer;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** The inner layer of an encoder, before and after its mean over a corpus is known. */
public final class InnerLayers {

  /** The file of a bundle that holds the mean. */
  public static final String MEAN = "inner-mean.bin";

  private InnerLayers() {}

  /**
   * Writes a bundle whose encoder hands out an inner layer besides its last one, not centred.
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
    byte[] zeros = new byte[width * Float.BYTES];
    Blocks blocks = Blocks.standard(width);
    SortedMap<String, byte[]> content = files.content();
    content.put(MEAN, zeros);
    content.put(
        Manifest.INTEGRATE,
        IntegrateGraph.build(
            content.get(Manifest.DRIFT),
            IntegrationPlan.of(manifest).withBlocks(Optional.of(blocks))));
    InnerLayer inner = new InnerLayer(value, width, MEAN, Sha256.of(zeros), "nothing");
    BundleWriter.write(
        directory, content, hashes -> manifest.with(with(encoder, inner), blocks, hashes));
  }

  /** The encoder with a second block. */
  private static EncoderReference with(EncoderReference encoder, InnerLayer inner) {
    return new EncoderReference(
        encoder.id(),
        encoder.model(),
        encoder.modelSha256(),
        encoder.tokenizer(),
        encoder.tokenizerSha256(),
        encoder.pooling(),
        encoder.normalise(),
        encoder.maxTokens(),
        encoder.outerWidth() + inner.dimension(),
        inner);
  }

  /** The encoder with the mean of its inner layer over a corpus. */
  public static EncoderReference centred(
      EncoderReference encoder, byte[] mean, List<String> corpus) {
    return with(
        encoder,
        new InnerLayer(
            encoder.inner().value(),
            encoder.innerWidth(),
            MEAN,
            Sha256.of(mean),
            "texts of " + String.join(", ", corpus)));
  }

  /**
   * The mean of the last columns over sets, each text alike.
   *
   * @return little-endian floats
   */
  public static byte[] mean(List<LabelledFeatures> sets, int width) {
    double[] sums = new double[width];
    long count = 0;
    for (LabelledFeatures set : sets) {
      int from = set.dimension() - width;
      for (int label = 0; label < set.labels().size(); label++) {
        for (int text = 0; text < set.count(label); text++) {
          float[] row = set.row(label, text);
          for (int d = 0; d < width; d++) {
            sums[d] += row[from + d];
          }
          count++;
        }
      }
    }
    ByteBuffer mean = ByteBuffer.allocate(width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double sum : sums) {
      mean.putFloat((float) (sum / count));
    }
    return mean.array();
  }

  /** What a buffer holds. */
  public static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Centres the last columns of a set in place and gives them length 1, as the encoder will. */
  public static void centre(LabelledFeatures set, byte[] mean) {
    float[] centre = new float[mean.length / Float.BYTES];
    ByteBuffer.wrap(mean).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(centre);
    int from = set.dimension() - centre.length;
    for (int label = 0; label < set.labels().size(); label++) {
      for (int text = 0; text < set.count(label); text++) {
        float[] row = set.row(label, text);
        double squares = 0;
        for (int d = 0; d < centre.length; d++) {
          row[from + d] -= centre[d];
          squares += (double) row[from + d] * row[from + d];
        }
        for (int d = 0; d < centre.length; d++) {
          row[from + d] /= (float) Math.sqrt(squares);
        }
      }
    }
  }
}
