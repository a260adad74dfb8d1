package dev.hyperflow.training.stream;

import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.models.internal.Check;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.ArrayList;
import java.util.List;

/** A set of labelled feature vectors in the order of its file. Not to be changed. */
final class StreamSet {

  private final LabelledFeatures features;
  private final float[][] rows;
  private final int[] labels;
  private final int outer;

  private StreamSet(LabelledFeatures features, float[][] rows, int[] labels, int outer) {
    this.outer = outer;
    this.features = features;
    this.rows = rows;
    this.labels = labels;
  }

  /**
   * Puts the features of texts, which are kept by label, back into the order of the texts. A text
   * whose features are not finite numbers is left out.
   *
   * @param outer number of the first columns that are the encoder's last layer
   */
  static StreamSet of(LabelledTexts texts, LabelledFeatures features, int outer) {
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    int[] taken = new int[features.labels().size()];
    for (Utterance text : texts.texts()) {
      int label = features.labels().indexOf(text.label());
      float[] row = features.row(label, taken[label]++);
      if (Check.finite(row)) {
        rows.add(row);
        labels.add(label);
      }
    }
    return new StreamSet(
        features,
        rows.toArray(new float[0][]),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        outer);
  }

  String name() {
    return features.name();
  }

  /** The set by label, as generators of random numbers take it. */
  LabelledFeatures features() {
    return features;
  }

  /** Names of the labels, sorted. */
  List<String> labels() {
    return features.labels();
  }

  /** Number of the first columns that are the encoder's last layer. */
  int outer() {
    return outer;
  }

  int size() {
    return rows.length;
  }

  float[] row(int text) {
    return rows[text];
  }

  /** Index of a text's label. */
  int label(int text) {
    return labels[text];
  }
}
