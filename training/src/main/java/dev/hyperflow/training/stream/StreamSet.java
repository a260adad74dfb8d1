package dev.hyperflow.training.stream;

import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.LabelledTexts;
import java.util.List;

/** A set of labelled feature vectors in the order of its file. Not to be changed. */
final class StreamSet {

  private final LabelledFeatures features;
  private final float[][] rows;
  private final int[] labels;

  private StreamSet(LabelledFeatures features, float[][] rows, int[] labels) {
    this.features = features;
    this.rows = rows;
    this.labels = labels;
  }

  /** Puts the features of texts, which are kept by label, back into the order of the texts. */
  static StreamSet of(LabelledTexts texts, LabelledFeatures features) {
    int size = texts.texts().size();
    float[][] rows = new float[size][];
    int[] labels = new int[size];
    int[] taken = new int[features.labels().size()];
    for (int i = 0; i < size; i++) {
      labels[i] = features.labels().indexOf(texts.texts().get(i).label());
      rows[i] = features.row(labels[i], taken[labels[i]]++);
    }
    return new StreamSet(features, rows, labels);
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
