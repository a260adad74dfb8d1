package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.peers.Answers;
import java.util.Arrays;

/**
 * What a contender says to the queries of one task. Arrays are handed out without a copy and not to
 * be changed.
 */
final class Response {

  private final int[] chosen;
  private final float[] confidence;
  private final float[] energy;
  private final float[] scope;

  private Response(int[] chosen, float[] confidence, float[] energy, float[] scope) {
    this.chosen = chosen;
    this.confidence = confidence;
    this.energy = energy;
    this.scope = scope;
  }

  /** A response of a method that gives no probabilities. */
  static Response ofLabels(int[] chosen) {
    return new Response(chosen, new float[0], new float[0], new float[0]);
  }

  /**
   * The softmax of logits divided by a temperature.
   *
   * @param logits [N][Q]
   */
  static Response of(float[][] logits, double temperature) {
    int queries = logits[0].length;
    int[] chosen = Answers.argmax(logits);
    double[] totals = new double[queries];
    for (float[] row : logits) {
      for (int q = 0; q < queries; q++) {
        totals[q] += Math.exp((row[q] - logits[chosen[q]][q]) / temperature);
      }
    }
    float[] confidence = new float[queries];
    float[] energy = new float[queries];
    for (int q = 0; q < queries; q++) {
      confidence[q] = (float) (1 / totals[q]);
      energy[q] = (float) (logits[chosen[q]][q] + temperature * Math.log(totals[q]));
    }
    return new Response(chosen, confidence, energy, new float[0]);
  }

  /** The same with the probability of each query to be in scope. */
  Response withScope(float[] newScope) {
    return new Response(chosen, confidence, energy, newScope);
  }

  /** Whether there are probabilities. */
  boolean hasConfidence() {
    return confidence.length > 0;
  }

  int[] chosen() {
    return chosen;
  }

  /** The probability of that label, in (0, 1]; empty without probabilities. */
  float[] confidence() {
    return confidence;
  }

  /** T · log Σ exp(logit ÷ T) of each query: high in scope (Liu et al. 2020); empty likewise. */
  float[] energy() {
    return energy;
  }

  /** Probability of each query to belong to a label; empty for methods without a scope score. */
  float[] scope() {
    return scope;
  }

  /** Share of right labels among the first queries, of which the truth is known. */
  double accuracy(int[] truth) {
    int right = 0;
    for (int q = 0; q < truth.length; q++) {
      right += chosen[q] == truth[q] ? 1 : 0;
    }
    return (double) right / truth.length;
  }

  @Override
  public String toString() {
    return "Response[chosen=" + Arrays.toString(chosen) + "]";
  }
}
