package dev.hyperflow.models.internal;

import java.util.Objects;
import java.util.Optional;

/**
 * Turns logits into probabilities: a softmax whose temperature was fitted so that a confidence of
 * 0.8 is right about 80 % of the time (temperature scaling, Guo et al. 2017, arXiv 1706.04599).
 * Immutable, safe for use by many threads.
 */
public final class Calibration {

  /** Smallest and largest temperature. */
  static final double MIN_TEMPERATURE = 1e-3;

  static final double MAX_TEMPERATURE = 1e3;

  private final double temperature;
  private final Optional<ScopeScore> scope;

  private Calibration(double temperature, Optional<ScopeScore> scope) {
    this.temperature = temperature;
    this.scope = scope;
  }

  /**
   * A softmax of logits <em>divided</em> by a temperature.
   *
   * @param temperature from 0.001 to 1000; above 1 softens, below 1 sharpens
   * @throws IllegalArgumentException if it is out of range
   */
  public static Calibration of(double temperature) {
    Check.check(
        temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE,
        "temperature",
        MIN_TEMPERATURE + " to " + MAX_TEMPERATURE,
        temperature);
    return new Calibration(temperature, Optional.empty());
  }

  /** The same softmax with a score for texts that belong to no label. */
  public Calibration withScope(ScopeScore newScope) {
    return new Calibration(temperature, Optional.of(newScope));
  }

  /** Scores texts that may belong to no label; empty if the bundle has no fit for that. */
  public Optional<ScopeScore> scope() {
    return scope;
  }

  /** The divisor of the logits, 0.001 to 1000. */
  public double temperature() {
    return temperature;
  }

  /**
   * Writes one probability per logit. They lie in [0, 1], sum to 1 within 1e-6, and are the same
   * bits on any machine: sums run in index order, in double precision, over {@link StrictMath#exp}.
   * Large logits do not overflow.
   *
   * @param logits at least one finite float
   * @param into receives {@code logits.length} floats from index 0; may be the same array
   * @throws IllegalArgumentException if there is no logit
   * @throws IndexOutOfBoundsException if {@code into} is too short
   */
  public void probabilities(float[] logits, float[] into) {
    probabilities(logits, logits.length, into);
  }

  /** As {@link #probabilities(float[], float[])}, for the first {@code labels} logits only. */
  public void probabilities(float[] logits, int labels, float[] into) {
    if (labels < 1) {
      throw new IllegalArgumentException("logits: expected at least 1, found " + labels);
    }
    Objects.checkFromIndexSize(0, labels, logits.length);
    Objects.checkFromIndexSize(0, labels, into.length);
    float largest = Float.NEGATIVE_INFINITY;
    for (int n = 0; n < labels; n++) {
      largest = Math.max(largest, logits[n]);
    }
    double[] exponentials = new double[labels];
    double sum = 0;
    for (int n = 0; n < labels; n++) {
      exponentials[n] = StrictMath.exp(((double) logits[n] - largest) / temperature);
      sum += exponentials[n];
    }
    for (int n = 0; n < labels; n++) {
      into[n] = (float) (exponentials[n] / sum);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && Double.compare(temperature, that.temperature) == 0
        && scope.equals(that.scope);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(temperature) + scope.hashCode();
  }

  @Override
  public String toString() {
    return "Calibration[temperature=%s, scope=%s]".formatted(temperature, scope);
  }
}
