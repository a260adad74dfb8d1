package dev.hyperflow.models.internal.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.internal.graph.OnnxSession.Values;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

class SpdInverseProperties {

  private static final OnnxSession SESSION = new OnnxSession(model());

  @AfterContainer
  static void close() {
    SESSION.close();
  }

  @Property(tries = 60)
  void shouldInvertMatricesOfAnySize(
      @ForAll @IntRange(min = 1, max = 130) int n, @ForAll long seed) {
    float[] gram = gram(n, new Random(seed));
    float ridge = 0.3f;
    float[] inverse = invert(1, n, gram, ridge);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = ridge * (double) inverse[i * n + j];
        for (int k = 0; k < n; k++) {
          product += (double) gram[i * n + k] * inverse[k * n + j];
        }
        assertThat(product).isCloseTo(i == j ? 1 : 0, within(1e-2));
      }
    }
  }

  @Property(tries = 30)
  void shouldGiveTheSameBitsBesideOthersAndWithPadding(
      @ForAll @IntRange(min = 1, max = 100) int n,
      @ForAll @IntRange(min = 0, max = 70) int padding,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] gram = gram(n, random);
    int wide = n + padding;
    float[] both = Arrays.copyOf(padded(gram(n, random), n, wide), 2 * wide * wide);
    System.arraycopy(padded(gram, n, wide), 0, both, wide * wide, wide * wide);

    float[] alone = invert(1, n, gram, 1f);
    float[] beside = invert(2, wide, both, 1f);

    for (int i = 0; i < n; i++) {
      int from = wide * wide + i * wide;
      assertThat(Arrays.copyOfRange(beside, from, from + n))
          .isEqualTo(Arrays.copyOfRange(alone, i * n, (i + 1) * n));
    }
  }

  private static float[] invert(int batch, int n, float[] gram, float ridge) {
    float[] ridges = new float[batch];
    Arrays.fill(ridges, ridge);
    Map<String, Values> inputs =
        Map.of("gram", new Values(gram, batch, n, n), "ridge", new Values(ridges, batch, 1, 1));
    return SESSION.run(inputs).get("inverse").data;
  }

  /**
   * Inner products of as many points of length about 5, on half as many axes: conditioned like
   * those of a stream. A method that is not stable loses all digits here.
   */
  private static float[] gram(int n, Random random) {
    int axes = 1 + n / 2;
    double[][] points = new double[n][axes];
    for (double[] point : points) {
      Arrays.setAll(point, axis -> 5 * random.nextGaussian() / Math.sqrt(axes));
    }
    float[] gram = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = 0;
        for (int axis = 0; axis < axes; axis++) {
          product += points[i][axis] * points[j][axis];
        }
        gram[i * n + j] = (float) product;
      }
    }
    return gram;
  }

  private static float[] padded(float[] square, int n, int wide) {
    float[] padded = new float[wide * wide];
    for (int i = 0; i < n; i++) {
      System.arraycopy(square, i * n, padded, i * wide, n);
    }
    return padded;
  }

  private static byte[] model() {
    OnnxGraph g = new OnnxGraph("inverse", "");
    String gram = g.input("gram", FLOAT, "B", "n", "n");
    String ridge = g.input("ridge", FLOAT, "B", 1, 1);
    g.named("inverse", SpdInverse.emit(g, gram, ridge));
    g.output("inverse", FLOAT, "B", "n", "n");
    return OnnxGraph.model(g.build(), OnnxGraph.OPSETS).toByteArray();
  }
}
