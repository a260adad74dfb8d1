package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.load.Vectors;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import java.util.stream.IntStream;

/** Random support sets, the same in every run. Immutable. */
final class Tasks {
  private static final long SEED = 17;

  /** Neighbouring numbers share no example, up to a limit. */
  private static final int STRIDE = 37;

  private final Vectors vectors;
  private final int dimension;

  Tasks(int dimension) {
    this.dimension = dimension;
    this.vectors = new Vectors(dimension, SEED);
  }

  /** So many tasks of one shape. */
  List<SupportSet> of(int count, int labels, int examples) {
    return IntStream.range(0, count).mapToObj(i -> task(i, labels, examples)).toList();
  }

  /** A task; its examples are dealt out to the labels. */
  SupportSet task(int number, int labels, int examples) {
    SupportSet.Builder set = SupportSet.builder(dimension, labels);
    for (int i = 0; i < examples; i++) {
      set.add(i % labels, 1f, vectors.get(number * STRIDE + i));
    }
    return set.build();
  }
}
