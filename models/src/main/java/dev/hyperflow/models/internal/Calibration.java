package dev.hyperflow.models.internal;

import java.util.Objects;
import java.util.Optional;

/**
 * Turns logits into probabilities: a softmax whose temperature was fitted so that a confidence of
 * 0.8 is right about 80 % of the time (temperature scaling, Guo et al. 2017, arXiv 1706.04599). The
 * temperature may depend on the size of a task. Immutable, safe for use by many threads.
 */
public final class Calibration {

  /** Smallest and largest temperature. */
  static final double MIN_TEMPERATURE = 1e-3;

  static final double MAX_TEMPERATURE = 1e3;

  private final double temperature;
  private final SizeEffect size;
  private final Optional<ScopeScore> scope;

  private Calibration(double temperature, SizeEffect size, Optional<ScopeScore> scope) {
    this.temperature = temperature;
    this.size = size;
    this.scope = scope;
  }

  /**
   * A softmax of logits <em>divided</em> by a temperature.
   *
   * @param temperature from 0.001 to 1000; above 1 softens, below 1 sharpens
   * @throws IllegalArgumentException if it is out of range
   */
  public static Calibration of(double temperature) {
    return of(temperature, SizeEffect.NONE);
  }

  /** As {@link #of(double)}, with a temperature that depends on the size of a task. */
  public static Calibration of(double temperature, SizeEffect size) {
    Check.check(
        temperature >= MIN_TEMPERATURE && temperature <= MAX_TEMPERATURE,
        "temperature",
        MIN_TEMPERATURE + " to " + MAX_TEMPERATURE,
        temperature);
    return new Calibration(temperature, size, Optional.empty());
  }

  /** The same softmax with a score for texts that belong to no label. */
  public Calibration withScope(ScopeScore newScope) {
    return new Calibration(temperature, size, Optional.of(newScope));
  }

  /** Scores texts that may belong to no label; empty if the bundle has no fit for that. */
  public Optional<ScopeScore> scope() {
    return scope;
  }

  /**
   * The divisor of the logits of a task, 0.001 to 1000.
   *
   * @param labels number N of labels, at least 1
   * @param examples number M of examples, at least 1
   */
  public double temperature(int labels, int examples) {
    if (size.equals(SizeEffect.NONE)) {
      return temperature;
    }
    double perExample = (double) labels / examples;
    double exponent =
        size.scarcity() * perExample
            + size.labels() * StrictMath.log(labels) * StrictMath.sqrt(perExample);
    return Math.max(
        MIN_TEMPERATURE, Math.min(MAX_TEMPERATURE, temperature * StrictMath.exp(exponent)));
  }

  /**
   * Writes one probability per logit. They lie in [0, 1], sum to 1 within 1e-6, and are the same
   * bits on any machine: sums run in index order, in double precision, over {@link StrictMath#exp}.
   * Large logits do not overflow.
   *
   * @param logits at least one finite float
   * @param examples number of examples of the task, at least 1
   * @param into receives {@code logits.length} floats from index 0; may be the same array
   * @throws IllegalArgumentException if there is no logit
   * @throws IndexOutOfBoundsException if {@code into} is too short
   */
  public void probabilities(float[] logits, int examples, float[] into) {
    int labels = logits.length;
    if (labels < 1) {
      throw new IllegalArgumentException("logits: expected at least 1, found " + labels);
    }
    Objects.checkFromIndexSize(0, labels, into.length);
    double divisor = temperature(labels, examples);
    float largest = Float.NEGATIVE_INFINITY;
    for (int n = 0; n < labels; n++) {
      largest = Math.max(largest, logits[n]);
    }
    double[] exponentials = new double[labels];
    double sum = 0;
    for (int n = 0; n < labels; n++) {
      exponentials[n] = StrictMath.exp(((double) logits[n] - largest) / divisor);
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
        && size.equals(that.size)
        && scope.equals(that.scope);
  }

  @Override
  public int hashCode() {
    return Objects.hash(temperature, size, scope);
  }

  @Override
  public String toString() {
    return "Calibration[temperature=%s, size=%s, scope=%s]".formatted(temperature, size, scope);
  }
}
