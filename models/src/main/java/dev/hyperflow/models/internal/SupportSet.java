package dev.hyperflow.models.internal;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * One tenant's support set: labelled, weighted feature vectors. Immutable; equality is by content,
 * bit for bit and order-sensitive.
 *
 * <p>The order of the examples is the caller's and matters for the last bits of a head (floating
 * point sums are not associative): callers that promise reproducible heads hand the examples over
 * in one canonical order, for instance sorted by label and example id.
 *
 * <p>Labels are indices from 0 to {@link #labels()} − 1, and every label has at least one example:
 * a label that lost its last example is left out and the labels after it move down.
 */
public final class SupportSet {

  /** Largest weight of an example: beyond it single precision sums lose the other examples. */
  public static final float MAX_WEIGHT = 1000f;

  /** Largest absolute value of a feature: squares and sums of it stay far from overflow. */
  public static final float MAX_FEATURE = 1e6f;

  private final int dimension;
  private final int labels;
  private final int[] label;
  private final float[] weight;
  private final float[] features; // row-major [examples][dimension]

  private SupportSet(Builder builder) {
    this.dimension = builder.dimension;
    this.labels = builder.labels;
    this.label = Arrays.copyOf(builder.label, builder.size);
    this.weight = Arrays.copyOf(builder.weight, builder.size);
    this.features = Arrays.copyOf(builder.features, builder.size * builder.dimension);
  }

  /**
   * Starts a support set.
   *
   * @param dimension length of every feature vector, at least 1
   * @param labels number of labels, at least 1
   * @throws IllegalArgumentException if one of them is below 1
   */
  public static Builder builder(int dimension, int labels) {
    return new Builder(dimension, labels);
  }

  /** Length D of every feature vector. */
  public int dimension() {
    return dimension;
  }

  /** Number N of labels. */
  public int labels() {
    return labels;
  }

  /** Number M of examples. */
  public int examples() {
    return label.length;
  }

  /** Label of an example, from 0 to {@link #labels()} − 1. */
  public int label(int example) {
    return label[example];
  }

  /** Weight of an example, in (0, {@link #MAX_WEIGHT}]. */
  public float weight(int example) {
    return weight[example];
  }

  /**
   * One feature of an example, within ±{@link #MAX_FEATURE}.
   *
   * @throws IndexOutOfBoundsException if the column is not from 0 to {@link #dimension()} − 1
   */
  public float feature(int example, int column) {
    if (column < 0 || column >= dimension) {
      throw new IndexOutOfBoundsException(
          "column: expected 0 to " + (dimension - 1) + ", found " + column);
    }
    return features[example * dimension + column];
  }

  /** A copy of the features of an example. */
  public float[] features(int example) {
    return Arrays.copyOfRange(features, example * dimension, (example + 1) * dimension);
  }

  /** Appends all features, row by row, to a buffer with room for examples × dimension floats. */
  public void writeFeatures(FloatBuffer into) {
    into.put(features);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SupportSet that
        && dimension == that.dimension
        && labels == that.labels
        && Arrays.equals(label, that.label)
        && Arrays.equals(weight, that.weight)
        && Arrays.equals(features, that.features);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(label) + Arrays.hashCode(features);
  }

  @Override
  public String toString() {
    return "SupportSet[labels=%d, examples=%d, dimension=%d]"
        .formatted(labels, examples(), dimension);
  }

  /** Collects examples. Not safe for use by several threads; may be built from more than once. */
  public static final class Builder {

    private static final int INITIAL_CAPACITY = 16;

    private final int dimension;
    private final int labels;
    private int size;
    private int[] label = new int[INITIAL_CAPACITY];
    private float[] weight = new float[INITIAL_CAPACITY];
    private float[] features;

    private Builder(int dimension, int labels) {
      if (dimension < 1) {
        throw new IllegalArgumentException("dimension: expected at least 1, found " + dimension);
      }
      if (labels < 1) {
        throw new IllegalArgumentException("labels: expected at least 1, found " + labels);
      }
      this.dimension = dimension;
      this.labels = labels;
      this.features = new float[Math.multiplyExact(INITIAL_CAPACITY, dimension)];
    }

    /**
     * Appends an example; the features are copied.
     *
     * @param label index of its label, from 0 to labels − 1
     * @param weight in (0, {@link #MAX_WEIGHT}]; 1 is an ordinary example
     * @param features {@code dimension} floats within ±{@link #MAX_FEATURE}
     * @throws IllegalArgumentException if a value is out of range
     */
    public Builder add(int label, float weight, float[] features) {
      check(label, weight, features);
      if (size == this.label.length) {
        grow();
      }
      this.label[size] = label;
      this.weight[size] = weight;
      System.arraycopy(features, 0, this.features, size * dimension, dimension);
      size++;
      return this;
    }

    /**
     * Takes a snapshot of the examples added so far.
     *
     * @throws IllegalStateException if a label has no example
     */
    public SupportSet build() {
      boolean[] seen = new boolean[labels];
      for (int i = 0; i < size; i++) {
        seen[label[i]] = true;
      }
      for (int i = 0; i < labels; i++) {
        if (!seen[i]) {
          throw new IllegalStateException("label " + i + ": expected an example, found none");
        }
      }
      return new SupportSet(this);
    }

    private void check(int label, float weight, float[] features) {
      if (label < 0 || label >= labels) {
        throw new IllegalArgumentException(
            "label: expected 0 to " + (labels - 1) + ", found " + label);
      }
      if (!(weight > 0 && weight <= MAX_WEIGHT)) {
        throw new IllegalArgumentException(
            "weight: expected above 0 and at most " + MAX_WEIGHT + ", found " + weight);
      }
      if (features.length != dimension) {
        throw new IllegalArgumentException(
            "features: expected " + dimension + " floats, found " + features.length);
      }
      for (float feature : features) {
        if (!(Math.abs(feature) <= MAX_FEATURE)) { // also true for NaN
          throw new IllegalArgumentException(
              "features: expected floats within ±" + MAX_FEATURE + ", found " + feature);
        }
      }
    }

    private void grow() {
      int capacity = Math.multiplyExact(size, 2);
      features = Arrays.copyOf(features, Math.multiplyExact(capacity, dimension));
      label = Arrays.copyOf(label, capacity);
      weight = Arrays.copyOf(weight, capacity);
    }
  }
}
