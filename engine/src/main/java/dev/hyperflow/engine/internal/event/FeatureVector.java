package dev.hyperflow.engine.internal.event;

import dev.hyperflow.models.Head;
import java.util.Arrays;

/**
 * A feature vector of one text or one caller-supplied example. Immutable: copies in and out, equal
 * by content, bit for bit.
 */
public final class FeatureVector {
  private final float[] values;

  private FeatureVector(float[] values) {
    this.values = values;
  }

  /**
   * A vector of the given values.
   *
   * @param values at least one value; copied
   * @throws IllegalArgumentException when empty
   */
  public static FeatureVector of(float[] values) {
    return ofOwned(values.clone());
  }

  /**
   * A vector that takes an array over, without a copy.
   *
   * @param values at least one value; the caller never touches them again
   * @throws IllegalArgumentException when empty
   */
  public static FeatureVector ofOwned(float[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("features: expected at least one value, found none");
    }
    return new FeatureVector(values);
  }

  /** The number of values, D. */
  public int dimension() {
    return values.length;
  }

  /** The value at {@code index}, 0 ≤ index &lt; dimension. */
  public float get(int index) {
    return values[index];
  }

  /** Scores the vector against every label of a head, as {@link Head#logits} does. */
  public void logits(Head head, float[] into) {
    head.logits(values, into);
  }

  /** The values, in an array of the caller's own. */
  public float[] toArray() {
    return values.clone();
  }

  /**
   * The index of the first value that is NaN or beyond ±{@code limit}, or -1 when there is none.
   */
  public int firstBeyond(float limit) {
    for (int i = 0; i < values.length; i++) {
      if (!(Math.abs(values[i]) <= limit)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVector that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FeatureVector[" + values.length + "]";
  }
}
