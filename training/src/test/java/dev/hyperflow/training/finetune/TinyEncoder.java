package dev.hyperflow.training.finetune;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A random encoder with two layers and vectors of length 8. */
final class TinyEncoder {

  static final EncoderShape SHAPE = new EncoderShape(2, 2, 8, 12);

  /** More of them than go into one batch. */
  static final List<long[]> TEXTS =
      List.of(
          new long[] {1, 2, 3},
          new long[] {4, 5},
          new long[] {6, 7, 8, 9},
          new long[] {3, 9},
          new long[] {2, 1},
          new long[] {5, 4, 1},
          new long[] {8, 6},
          new long[] {9, 7, 6, 3},
          new long[] {1, 5, 2, 4},
          new long[] {7, 8, 9});

  static final int[] LABELS = {0, 0, 1, 1, 0, 0, 1, 1, 0, 1};

  private TinyEncoder() {}

  static MiniLmWeights weights(long seed) {
    Random random = new Random(seed);
    Map<String, float[]> values = new HashMap<>();
    Map<String, long[]> shapes = new HashMap<>();
    shapes.put("embeddings.word_embeddings.weight", new long[] {10, 8});
    shapes.put("embeddings.position_embeddings.weight", new long[] {6, 8});
    shapes.put("embeddings.token_type_embeddings.weight", new long[] {2, 8});
    vector(shapes, "embeddings.LayerNorm", 8);
    for (int layer = 0; layer < SHAPE.layers(); layer++) {
      String name = "encoder.layer." + layer;
      for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
        matrix(shapes, name + ".attention." + part, 8, 8);
      }
      matrix(shapes, name + ".intermediate.dense", 8, 12);
      matrix(shapes, name + ".output.dense", 12, 8);
      vector(shapes, name + ".attention.output.LayerNorm", 8);
      vector(shapes, name + ".output.LayerNorm", 8);
    }
    shapes.forEach((name, shape) -> values.put(name, random(shape, name, random)));
    return new MiniLmWeights(SHAPE, values, shapes);
  }

  private static void matrix(Map<String, long[]> shapes, String name, long in, long out) {
    shapes.put(name + ".weight", new long[] {in, out});
    shapes.put(name + ".bias", new long[] {out});
  }

  private static void vector(Map<String, long[]> shapes, String name, long length) {
    shapes.put(name + ".weight", new long[] {length});
    shapes.put(name + ".bias", new long[] {length});
  }

  private static float[] random(long[] shape, String name, Random random) {
    float[] values = new float[(int) (shape[0] * (shape.length > 1 ? shape[1] : 1))];
    float centre = name.endsWith("LayerNorm.weight") ? 1 : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = centre + 0.4f * (float) random.nextGaussian();
    }
    return values;
  }
}
