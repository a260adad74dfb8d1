package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.InnerLayer;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.Sha256;
import dev.hyperflow.models.internal.TestBundles;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.BundleFiles;
import dev.hyperflow.models.internal.bundle.BundleWriter;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.models.internal.graph.IntegrateGraph;
import dev.hyperflow.models.internal.graph.IntegrationPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An encoder that hands out an inner layer besides its last one. */
class InnerLayerTest {

  private static final int WIDTH = 384;
  private static final String THIRD = "/encoder/layer.2/output/LayerNorm/Add_1_output_0";
  private static final List<String> TEXTS =
      List.of("My card was swallowed.", "How long until the sofa arrives?", "", "a b c d e f g");

  @TempDir Path directory;

  @Test
  void shouldAddABlockFromTheSameRun() throws IOException {
    // Given
    Encoder plain = TestBundles.SHIPPED.encoder().orElseThrow();
    float[][] expected = plain.encode(TEXTS);

    // When
    try (Bundle bundle = open(THIRD, new float[WIDTH])) {
      Encoder encoder = bundle.encoder().orElseThrow();
      float[][] found = encoder.encode(TEXTS);

      // Then the last layer is as before, and the inner one beside it has length 1
      assertThat(encoder.dimension()).isEqualTo(2 * WIDTH);
      assertThat(encoder.innerWidth()).isEqualTo(WIDTH);
      assertThat(encoder.id()).isNotEqualTo(plain.id());
      for (int i = 0; i < found.length; i++) {
        double squares = 0;
        for (int d = 0; d < WIDTH; d++) {
          assertThat(found[i][d]).isCloseTo(expected[i][d], within(1e-6f));
          squares += (double) found[i][WIDTH + d] * found[i][WIDTH + d];
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
      }

      // And a text has the same bits alone
      for (int i = 0; i < found.length; i++) {
        assertThat(encoder.encode(List.of(TEXTS.get(i)))[0]).isEqualTo(found[i]);
      }
    }
  }

  @Test
  void shouldCentreTheInnerBlock() throws IOException {
    // Given the block of a text
    float[] block = new float[WIDTH];
    String id;
    try (Bundle bundle = open(THIRD, new float[WIDTH])) {
      Encoder encoder = bundle.encoder().orElseThrow();
      id = encoder.id();
      System.arraycopy(encoder.encode(TEXTS)[0], WIDTH, block, 0, WIDTH);
    }

    // When half of it is the mean, the other half is left: the same direction
    float[] mean = block.clone();
    for (int d = 0; d < WIDTH; d++) {
      mean[d] /= 2;
    }
    try (Bundle bundle = open(THIRD, mean)) {
      Encoder encoder = bundle.encoder().orElseThrow();
      float[][] found = encoder.encode(TEXTS);
      for (int d = 0; d < WIDTH; d++) {
        assertThat(found[0][WIDTH + d]).isCloseTo(block[d], within(1e-5f));
      }
      assertThat(encoder.id()).isNotEqualTo(id);
    }
  }

  @Test
  void shouldProjectTheInnerBlock() throws IOException {
    float[] whole;
    try (Bundle bundle = open(THIRD, new float[WIDTH])) {
      whole = bundle.encoder().orElseThrow().encode(TEXTS)[0];
    }
    try (Bundle bundle = open(THIRD, new float[WIDTH], 3)) {
      Encoder encoder = bundle.encoder().orElseThrow();
      float[] projected = encoder.encode(TEXTS)[0];
      assertThat(encoder.innerWidth()).isEqualTo(3);
      assertThat(projected).hasSize(WIDTH + 3);
      double length =
          Math.sqrt(
              Math.pow(whole[WIDTH], 2)
                  + Math.pow(whole[WIDTH + 1], 2)
                  + Math.pow(whole[WIDTH + 2], 2));
      for (int d = WIDTH; d < WIDTH + 3; d++) {
        assertThat(projected[d]).isCloseTo((float) (whole[d] / length), within(1e-5f));
      }
    }
  }

  @Test
  void shouldNameTheLayersOfAnEncoderThatLacksTheOneAskedFor() {
    assertThatThrownBy(() -> open("/encoder/layer.9", new float[WIDTH]))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("encoder.inner.value: expected one of [")
        .hasMessageContaining(THIRD)
        .hasMessageEndingWith("found /encoder/layer.9");
  }

  @Test
  void shouldRefuseAMeanOfAnotherLength() {
    assertThatThrownBy(() -> open(THIRD, new float[WIDTH - 1]))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining("inner.bin: expected 147840 finite floats, found 591356 bytes");
  }

  private Bundle open(String value, float[] mean) throws IOException {
    return open(value, mean, WIDTH);
  }

  /** Opens a bundle whose inner block is the first so many columns of the layer. */
  private Bundle open(String value, float[] mean, int axes) throws IOException {
    Manifest manifest = BundleFiles.read(ShippedBundles.ANALYTIC).manifest();
    ByteBuffer bytes = ByteBuffer.allocate((mean.length + WIDTH * axes) * Float.BYTES);
    FloatBuffer floats = bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(mean);
    for (int axis = 0; axis < axes; axis++) {
      float[] row = new float[WIDTH];
      row[axis] = 1;
      floats.put(row);
    }
    SortedMap<String, byte[]> files = BundleFiles.read(ShippedBundles.ANALYTIC).content();
    Blocks blocks = Blocks.standard(axes);
    files.put("inner.bin", bytes.array());
    files.put(
        Manifest.INTEGRATE,
        IntegrateGraph.build(
            files.get(Manifest.DRIFT),
            IntegrationPlan.of(manifest).withBlocks(Optional.of(blocks))));
    EncoderReference encoder = manifest.encoder();
    EncoderReference two =
        encoder.with(
            new InnerLayer(value, WIDTH, axes, "inner.bin", Sha256.of(bytes.array()), "a test"));
    BundleWriter.write(directory, files, hashes -> manifest.with(two, blocks, hashes));
    return Bundle.load(directory.toString(), BundleOptions.defaults().withWarmUp(false));
  }
}
