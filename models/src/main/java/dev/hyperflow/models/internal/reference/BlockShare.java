package dev.hyperflow.models.internal.reference;

import dev.hyperflow.models.internal.Blocks;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Optional;

/**
 * The share of the inner block by the evidence of {@link Blocks}, in double precision and with one
 * inverse after the other; {@code integrate.onnx} uses single.
 */
public final class BlockShare {

  private final Blocks blocks;
  private final SupportSet task;
  private final int[] judged;

  private BlockShare(Blocks blocks, SupportSet task) {
    this.blocks = blocks;
    this.task = task;
    int all = task.examples();
    this.judged = new int[Math.min(all, blocks.examples())];
    for (int i = 0; i < judged.length; i++) {
      judged[i] = (int) ((long) i * Math.max(all, blocks.examples()) / blocks.examples());
    }
  }

  /**
   * The share of the inner block, 0 to below 1; 0 for features that are too short to have two
   * blocks.
   */
  public static double of(Blocks blocks, SupportSet task) {
    return task.dimension() <= blocks.inner() ? 0 : new BlockShare(blocks, task).share();
  }

  /**
   * The factors of the columns of features: √(1 − w) in the outer block, √w in the inner one; 1
   * where there is one block.
   *
   * @return float[D]
   */
  public static float[] scale(Optional<Blocks> blocks, SupportSet task) {
    float[] scale = new float[task.dimension()];
    int inner = blocks.map(Blocks::inner).orElse(0);
    double share = blocks.map(b -> of(b, task)).orElse(0.0);
    for (int d = 0; d < scale.length; d++) {
      boolean isInner = task.dimension() > inner && d >= task.dimension() - inner;
      scale[d] = (float) Math.sqrt(isInner ? share : 1 - share);
    }
    return scale;
  }

  private double share() {
    double[] weights = weights();
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    if (total == 0) {
      return 0;
    }
    int split = task.dimension() - blocks.inner();
    double[][] outer = products(0, split);
    double[][] inner = products(split, task.dimension());
    double length = squaredLength(outer, inner);
    double[] evidence = new double[blocks.shares().size()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < evidence.length; c++) {
      double prior = c == 0 ? blocks.caution() : 0;
      double likelihood = likelihood(outer, inner, length, blocks.shares().get(c), weights);
      evidence[c] = blocks.strength() * likelihood + prior;
      largest = Math.max(largest, evidence[c]);
    }
    double sum = 0;
    double mean = 0;
    for (int c = 0; c < evidence.length; c++) {
      double weight = Math.exp(evidence[c] - largest);
      sum += weight;
      mean += weight * blocks.shares().get(c);
    }
    return mean / sum;
  }

  /** Weights of the judged examples, at most 1; 0 where no other one has the label. */
  private double[] weights() {
    int[] counts = new int[task.labels()];
    for (int example : judged) {
      counts[task.label(example)]++;
    }
    double[] weights = new double[judged.length];
    for (int i = 0; i < judged.length; i++) {
      boolean others = counts[task.label(judged[i])] > 1;
      weights[i] = others ? Math.min(1, task.weight(judged[i])) : 0;
    }
    return weights;
  }

  private double[][] products(int from, int to) {
    double[][] products = new double[judged.length][judged.length];
    for (int i = 0; i < judged.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int d = from; d < to; d++) {
          sum += (double) task.feature(judged[i], d) * task.feature(judged[j], d);
        }
        products[i][j] = sum;
        products[j][i] = sum;
      }
    }
    return products;
  }

  /** Mean squared length of a block, at least 1: longer features are looked at in that unit. */
  private static double squaredLength(double[][] outer, double[][] inner) {
    double sum = 0;
    for (int i = 0; i < outer.length; i++) {
      sum += outer[i][i] + inner[i][i];
    }
    return Math.max(1, sum / (2 * outer.length));
  }

  private double likelihood(
      double[][] outer, double[][] inner, double length, double share, double[] weights) {
    int n = judged.length;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = ((1 - share) * outer[i][j] + share * inner[i][j]) / length + 1;
      }
      matrix[i][i] += blocks.ridge();
    }
    invert(matrix);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (weights[i] > 0) {
        sum += weights[i] * logLikelihood(matrix[i], i);
      }
    }
    return sum;
  }

  /** Log-probability of the own label of a left-out example, from its row of the inverse. */
  private double logLikelihood(double[] row, int example) {
    double[] scores = new double[task.labels()];
    for (int j = 0; j < row.length; j++) {
      scores[task.label(judged[j])] -= row[j] / row[example];
    }
    int own = task.label(judged[example]);
    scores[own] += 1;
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, blocks.sharpness() * score);
    }
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(blocks.sharpness() * score - largest);
    }
    return blocks.sharpness() * scores[own] - largest - Math.log(sum);
  }

  /** Gauss–Jordan elimination in place; a positive definite matrix needs no pivoting. */
  private static void invert(double[][] matrix) {
    int n = matrix.length;
    for (int k = 0; k < n; k++) {
      double pivot = 1 / matrix[k][k];
      matrix[k][k] = 1;
      for (int j = 0; j < n; j++) {
        matrix[k][j] *= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = matrix[i][k];
        if (i != k && factor != 0) {
          matrix[i][k] = 0;
          for (int j = 0; j < n; j++) {
            matrix[i][j] -= factor * matrix[k][j];
          }
        }
      }
    }
  }
}
