package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The support sets that checks try, cut to what a bundle's buckets hold. Always the same. */
final class SampleTasks {

  private static final long SEED = 20_250_422;
  private static final float SMALL = 1e-3f;

  private final int dimension;
  private final Buckets buckets;

  SampleTasks(int dimension, Buckets buckets) {
    this.dimension = dimension;
    this.buckets = buckets;
  }

  /** Tasks of ordinary sizes, from few-shot to many labels. */
  List<SupportSet> ordinary() {
    return List.of(ordinary(2, 2, 1), ordinary(3, 7, 2), ordinary(20, 100, 3), ordinary(40, 70, 4));
  }

  /**
   * Unit vectors around a centre for each label, some of another weight than 1.
   *
   * @param labels cut to the largest bucket
   * @param examples cut to the largest bucket, at least one for each label
   */
  SupportSet ordinary(int labels, int examples, int seed) {
    int n = Math.min(labels, Math.min(buckets.maxLabels(), buckets.maxExamples()));
    int m = Math.max(n, Math.min(examples, buckets.maxExamples()));
    Random random = new Random(SEED + seed);
    float[][] centres = new float[n][];
    for (int label = 0; label < n; label++) {
      centres[label] = direction(random);
    }
    SupportSet.Builder set = SupportSet.builder(dimension, n);
    for (int example = 0; example < m; example++) {
      int label = example % n;
      float[] x = direction(random);
      for (int d = 0; d < dimension; d++) {
        x[d] = (x[d] + centres[label][d]) / (float) Math.sqrt(2);
      }
      set.add(label, example % 5 == 4 ? 0.5f : 1f, x);
    }
    return set.build();
  }

  /** Tasks at the limits of what may be asked, by name. */
  Map<String, SupportSet> extreme() {
    Map<String, SupportSet> tasks = new LinkedHashMap<>();
    SupportSet task = ordinary(10, 40, 5);
    tasks.put("one example per label", ordinary(20, 20, 6));
    tasks.put("one label", ordinary(1, 10, 7));
    tasks.put("one example", ordinary(1, 1, 8));
    tasks.put("duplicate examples", edited(task, (x, i) -> task.features(task.label(i)), 1f, 1f));
    tasks.put("one vector under every label", edited(task, (x, i) -> task.features(0), 1f, 1f));
    tasks.put("zero vectors", edited(task, (x, i) -> scaled(x, 0f), 1f, 1f));
    tasks.put("tiny norms", edited(task, (x, i) -> scaled(x, 1e-6f), 1f, 1f));
    tasks.put("large norms", edited(task, (x, i) -> scaled(x, 1e3f), 1f, 1f));
    tasks.put("largest features", edited(task, (x, i) -> largest(x), 1f, 1f));
    tasks.put("smallest weights", edited(task, (x, i) -> x, SMALL, SMALL));
    float most = SupportSet.MAX_WEIGHT;
    tasks.put("largest weights", edited(task, (x, i) -> x, most, most));
    tasks.put("weights at both limits", edited(task, (x, i) -> x, SMALL, most));
    tasks.put("largest bucket", ordinary(buckets.maxLabels(), buckets.maxExamples(), 9));
    return tasks;
  }

  /** The same examples in another order. */
  static SupportSet shuffled(SupportSet task) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < task.examples(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(SEED));
    SupportSet.Builder set = SupportSet.builder(task.dimension(), task.labels());
    order.forEach(i -> set.add(task.label(i), task.weight(i), task.features(i)));
    return set.build();
  }

  /** The same examples under labels counted from the other end. */
  static SupportSet relabelled(SupportSet task) {
    SupportSet.Builder set = SupportSet.builder(task.dimension(), task.labels());
    for (int i = 0; i < task.examples(); i++) {
      set.add(task.labels() - 1 - task.label(i), task.weight(i), task.features(i));
    }
    return set.build();
  }

  /** Another vector for an example. */
  private interface Edit {
    float[] of(float[] features, int example);
  }

  private static SupportSet edited(SupportSet task, Edit edit, float even, float odd) {
    SupportSet.Builder set = SupportSet.builder(task.dimension(), task.labels());
    for (int i = 0; i < task.examples(); i++) {
      set.add(task.label(i), i % 2 == 0 ? even : odd, edit.of(task.features(i), i));
    }
    return set.build();
  }

  private static float[] scaled(float[] x, float by) {
    for (int d = 0; d < x.length; d++) {
      x[d] *= by;
    }
    return x;
  }

  private static float[] largest(float[] x) {
    for (int d = 0; d < x.length; d++) {
      x[d] = Math.copySign(SupportSet.MAX_FEATURE, x[d]);
    }
    return x;
  }

  private float[] direction(Random random) {
    float[] x = new float[dimension];
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      x[d] = (float) random.nextGaussian();
      squares += (double) x[d] * x[d];
    }
    return scaled(x, (float) (1 / Math.sqrt(squares)));
  }
}
