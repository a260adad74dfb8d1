package dev.hyperflow.training.data;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.reference.BlockShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

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

  private Episode(
      int ways, float[][] support, int[] supportLabels, float[][] queries, int[] queryLabels) {
    this.ways = ways;
    this.support = support;
    this.supportLabels = supportLabels;
    this.queries = queries;
    this.queryLabels = queryLabels;
  }

  /**
   * The same episode with other features.
   *
   * @param features gives the new vector of a vector, all of one length
   */
  public Episode map(UnaryOperator<float[]> features) {
    return new Episode(
        ways,
        Arrays.stream(support).map(features).toArray(float[][]::new),
        supportLabels,
        Arrays.stream(queries).map(features).toArray(float[][]::new),
        queryLabels);
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

  /** The same episode with the first columns of its features alone. */
  public Episode first(int columns) {
    return columns == dimension() ? this : map(x -> Arrays.copyOf(x, columns));
  }

  /** The episode as the flow sees it: with columns scaled by the share of the inner block. */
  public Episode mixed(Blocks blocks) {
    float[] scale = BlockShare.scale(Optional.of(blocks), supportSet());
    return map(
        x -> {
          float[] scaled = new float[x.length];
          for (int d = 0; d < x.length; d++) {
            scaled[d] = x[d] * scale[d];
          }
          return scaled;
        });
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

    /**
     * Deals texts of a label to examples and queries, at random.
     *
     * @param way the label's number in the episode; numbers come in ascending order
     * @param label the label's number in the set
     * @param shots number of examples, fewer than the label has texts
     * @param queries maximum number of queries
     */
    void deal(
        int way, LabelledFeatures set, int label, int shots, int queries, SplittableRandom random) {
      int[] texts = Draws.permutation(set.count(label), random);
      for (int i = 0; i < Math.min(texts.length, shots + queries); i++) {
        add(way, set, label, texts[i], i < shots);
      }
    }

    /** Adds a label's text as an example or a query; examples come in the order of labels. */
    void add(int way, LabelledFeatures set, int label, int text, boolean example) {
      (example ? support : queries).add(example ? set.example(label, text) : set.row(label, text));
      (example ? supportLabels : queryLabels).add(way);
    }

    Episode build() {
      return new Episode(
          ways,
          support.toArray(new float[0][]),
          supportLabels.stream().mapToInt(Integer::intValue).toArray(),
          queries.toArray(new float[0][]),
          queryLabels.stream().mapToInt(Integer::intValue).toArray());
    }
  }
}
