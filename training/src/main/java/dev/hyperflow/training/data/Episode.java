package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.List;

/**
 * One few-shot task: labelled examples to adapt to, and labelled queries to be judged by. Labels
 * are 0 to {@link #ways()} − 1, each with at least one example; examples are sorted by label.
 * Arrays are handed out without a copy and not to be changed.
 */
public final class Episode {

  private final int ways;
  private final float[][] support;
  private final int[] supportLabels;
  private final float[][] queries;
  private final int[] queryLabels;

  private Episode(Builder builder) {
    this.ways = builder.ways;
    this.support = builder.support.toArray(new float[0][]);
    this.supportLabels = builder.supportLabels.stream().mapToInt(Integer::intValue).toArray();
    this.queries = builder.queries.toArray(new float[0][]);
    this.queryLabels = builder.queryLabels.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Number N of labels. */
  public int ways() {
    return ways;
  }

  /** Length D of a feature vector. */
  public int dimension() {
    return support[0].length;
  }

  /** Features of the examples, [M][D]. */
  public float[][] support() {
    return support;
  }

  /** Labels of the examples, M of them. */
  public int[] supportLabels() {
    return supportLabels;
  }

  /** Features of the queries, [Q][D]. */
  public float[][] queries() {
    return queries;
  }

  /** True labels of the queries, Q of them. */
  public int[] queryLabels() {
    return queryLabels;
  }

  /** The examples as bundles take them, all of weight 1. */
  public SupportSet supportSet() {
    SupportSet.Builder set = SupportSet.builder(dimension(), ways);
    for (int i = 0; i < support.length; i++) {
      set.add(supportLabels[i], 1f, support[i]);
    }
    return set.build();
  }

  /** Collects an episode. Not safe for use by several threads. */
  static final class Builder {

    private final int ways;
    private final List<float[]> support = new ArrayList<>();
    private final List<Integer> supportLabels = new ArrayList<>();
    private final List<float[]> queries = new ArrayList<>();
    private final List<Integer> queryLabels = new ArrayList<>();

    Builder(int ways) {
      this.ways = ways;
    }

    int ways() {
      return ways;
    }

    /** Behind the examples of the same and of lower labels. */
    void example(int label, float[] features) {
      int at = support.size();
      while (at > 0 && supportLabels.get(at - 1) > label) {
        at--;
      }
      support.add(at, features);
      supportLabels.add(at, label);
    }

    void query(int label, float[] features) {
      queries.add(features);
      queryLabels.add(label);
    }

    Episode build() {
      return new Episode(this);
    }
  }
}
