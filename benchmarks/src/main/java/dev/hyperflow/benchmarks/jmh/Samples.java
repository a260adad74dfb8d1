package dev.hyperflow.benchmarks.jmh;

import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.stream.IntStream;

/** What the micro-benchmarks work on; the same in every run. */
final class Samples {
  /** Features of the shipped encoder. */
  static final int DIMENSION = 384;

  /** Vectors of {@value #DIMENSION} features. */
  static final Vectors VECTORS = new Vectors(DIMENSION, 1);

  private static final float HEAD_SCALE = 0.5f;

  private Samples() {}

  /** Names of labels. */
  static List<String> labels(int count) {
    return IntStream.range(0, count).mapToObj(i -> "label-%03d".formatted(i)).toList();
  }

  /** A head with random rows, and one with others as its beginning. */
  static AdaptedHead head(int labels) {
    return new AdaptedHead(
        "bundle@0123456789ab",
        new Fingerprint(1, 2),
        5 * labels,
        labels(labels),
        head(labels, 0),
        head(labels, labels));
  }

  private static Head head(int labels, int from) {
    float[] weights = new float[labels * (DIMENSION + 1)];
    for (int label = 0; label < labels; label++) {
      for (int column = 0; column < DIMENSION; column++) {
        weights[label * (DIMENSION + 1) + column] = VECTORS.get(from + label)[column] * HEAD_SCALE;
      }
    }
    return Head.of(labels, DIMENSION, weights);
  }

  /** A support set whose examples are dealt out to the labels. */
  static SupportSet supportSet(int labels, int examples, int from) {
    SupportSet.Builder builder = SupportSet.builder(DIMENSION, labels);
    for (int i = 0; i < examples; i++) {
      builder.add(i * labels / examples, 1f, VECTORS.get(from + i));
    }
    return builder.build();
  }
}
