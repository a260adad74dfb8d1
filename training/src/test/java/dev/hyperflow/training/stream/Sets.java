package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sets of vectors around one centre per label, label after label in the file. */
final class Sets {

  static final int DIMENSION = 16;
  static final StreamPlan PLAN = new StreamPlan(List.of(Arrangement.SHUFFLED), 1, 1000, 1, 0, 0, 7);

  private static final double NOISE = 0.25;

  private Sets() {}

  /**
   * A set.
   *
   * @param counts texts of each label
   */
  static StreamSet of(int... counts) {
    Random random = new Random(1);
    List<Utterance> texts = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      for (int i = 0; i < counts[label]; i++) {
        texts.add(new Utterance("tenant", "label, " + label, "text " + label + " " + i));
        float[] x = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          x[d] = (float) ((d == label ? 1 : 0) + NOISE * random.nextGaussian());
        }
        vectors.add(x);
      }
    }
    LabelledTexts set = LabelledTexts.of("synthetic", texts);
    return StreamSet.of(
        set, LabelledFeatures.of(set, vectors.toArray(new float[0][])), vectors.get(0).length);
  }

  /** A stream of such a set with one order. */
  static LabelStream stream(Arrangement arrangement, int... counts) {
    return arrangement.stream(of(counts), PLAN, PLAN.seed());
  }

  /** A stream with labels of three names and the given questions, labels and delay. */
  static LabelStream stream(int[] truth, int[] given, int delay) {
    int[] rows = new int[truth.length];
    for (int e = 0; e < rows.length; e++) {
      rows[e] = e;
    }
    return new LabelStream(of(truth.length, 1, 1), "order", rows, truth, given, delay);
  }
}
