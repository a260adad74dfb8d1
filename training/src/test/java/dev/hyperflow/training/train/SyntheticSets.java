package dev.hyperflow.training.train;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sets of unit vectors around one centre per label. */
final class SyntheticSets {

  static final int DIMENSION = 24;
  private static final double NOISE = 1.6;

  private SyntheticSets() {}

  static LabelledFeatures of(String name, int labels, int perLabel, long seed) {
    return of(name, labels, perLabel, seed, 1f);
  }

  /** The same with every feature multiplied by a factor. */
  static LabelledFeatures of(String name, int labels, int perLabel, long seed, float factor) {
    Random random = new Random(seed);
    List<Utterance> texts = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      float[] centre = direction(random, new float[DIMENSION], 1);
      for (int i = 0; i < perLabel; i++) {
        texts.add(new Utterance("tenant", "label-" + label, "text " + label + " " + i));
        float[] x = direction(random, centre, NOISE);
        for (int d = 0; d < DIMENSION; d++) {
          x[d] *= factor;
        }
        vectors.add(x);
      }
    }
    return LabelledFeatures.of(LabelledTexts.of(name, texts), vectors.toArray(new float[0][]));
  }

  private static float[] direction(Random random, float[] around, double noise) {
    double[] x = new double[DIMENSION];
    double squares = 0;
    for (int d = 0; d < DIMENSION; d++) {
      x[d] = around[d] + noise * random.nextGaussian() / Math.sqrt(DIMENSION);
      squares += x[d] * x[d];
    }
    float[] unit = new float[DIMENSION];
    for (int d = 0; d < DIMENSION; d++) {
      unit[d] = (float) (x[d] / Math.sqrt(squares));
    }
    return unit;
  }
}
