package dev.hyperflow.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A linear classifier: one row of weights per label, bias last. Immutable; equality is by content,
 * bit for bit.
 *
 * <p>Row order is the label order of the support set the head was made from. All values are finite.
 */
public final class Head {

  /*
   * Scoring. A dot product is summed in eight scalar accumulators, in an order that is part of the
   * contract (a golden test pins its bits), so that a logit is the same on every machine and under
   * every compiler: accumulator k takes the products of columns k, k+8, k+16, … in ascending order,
   * the columns beyond the last full block of eight included; then
   *
   *   ((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7)) + bias.
   *
   * Java never contracts a*b+c into a fused multiply-add, hence no dependence on the instruction
   * set. Independent accumulators are what makes it 2.5 times faster than one running sum; four
   * labels at once in vector registers would be five times faster still, but its order depends on
   * the vector width.
   */
  private static final int LANES = 8;

  private final int labels;
  private final int dimension;
  private final float[] weights; // row-major [labels][dimension + 1]

  private Head(int labels, int dimension, float[] weights) {
    this.labels = labels;
    this.dimension = dimension;
    this.weights = weights;
  }

  /**
   * Copies a head from a row-major array.
   *
   * @param labels number N of labels, at least 1
   * @param dimension length D of a feature vector, at least 1
   * @param weights N × (D + 1) finite floats, row by row, bias last in each row
   * @throws IllegalArgumentException if the length does not fit or a value is not finite
   */
  public static Head of(int labels, int dimension, float[] weights) {
    return checked(labels, dimension, weights.clone());
  }

  /**
   * Reads what {@link #toBytes()} wrote.
   *
   * @throws IllegalArgumentException if the length does not fit or a value is not finite
   */
  public static Head ofBytes(int labels, int dimension, byte[] bytes) {
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "head bytes: expected a multiple of 4, found " + bytes.length);
    }
    float[] weights = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(weights);
    return checked(labels, dimension, weights);
  }

  private static Head checked(int labels, int dimension, float[] weights) {
    if (labels < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "head: expected at least one label and one feature, found %d and %d"
              .formatted(labels, dimension));
    }
    if (weights.length != (long) labels * (dimension + 1L)) {
      throw new IllegalArgumentException(
          "head: expected %d × %d floats, found %d"
              .formatted(labels, dimension + 1, weights.length));
    }
    for (float weight : weights) {
      if (!Float.isFinite(weight)) {
        throw new IllegalArgumentException("head: expected finite floats, found " + weight);
      }
    }
    return new Head(labels, dimension, weights);
  }

  /** Number N of labels. */
  public int labels() {
    return labels;
  }

  /** Length D of a feature vector. */
  public int dimension() {
    return dimension;
  }

  /** One weight; column {@link #dimension()} is the bias. */
  public float weight(int label, int column) {
    Objects.checkIndex(label, labels);
    Objects.checkIndex(column, dimension + 1);
    return weights[label * (dimension + 1) + column];
  }

  /** A copy of the weights, row-major [labels][dimension + 1]. */
  public float[] toArray() {
    return weights.clone();
  }

  /** The weights as little-endian IEEE 754 floats, row-major [labels][dimension + 1]. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(weights.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(weights);
    return bytes.array();
  }

  /**
   * Scores a feature vector against every label: {@code into[n] = w[n] · features + bias[n]}. The
   * order of the sums is fixed: equal inputs give equal bits on any machine.
   *
   * @param features at least {@link #dimension()} floats; further ones are ignored
   * @param into receives {@link #labels()} floats from index 0
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public void logits(float[] features, float[] into) {
    Objects.checkFromIndexSize(0, dimension, features.length);
    Objects.checkFromIndexSize(0, labels, into.length);
    for (int n = 0; n < labels; n++) {
      into[n] = score(n * (dimension + 1), features);
    }
  }

  /**
   * The label with the largest logit; the lowest index among equals.
   *
   * @throws IndexOutOfBoundsException if the feature vector is too short
   */
  public int argmax(float[] features) {
    Objects.checkFromIndexSize(0, dimension, features.length);
    int best = 0;
    float bestScore = Float.NEGATIVE_INFINITY;
    for (int n = 0; n < labels; n++) {
      float score = score(n * (dimension + 1), features);
      if (score > bestScore) {
        best = n;
        bestScore = score;
      }
    }
    return best;
  }

  private float score(int row, float[] x) {
    float[] w = weights;
    float a0 = 0f;
    float a1 = 0f;
    float a2 = 0f;
    float a3 = 0f;
    float a4 = 0f;
    float a5 = 0f;
    float a6 = 0f;
    float a7 = 0f;
    int i = 0;
    for (int end = dimension - LANES; i <= end; i += LANES) {
      int r = row + i;
      a0 += w[r] * x[i];
      a1 += w[r + 1] * x[i + 1];
      a2 += w[r + 2] * x[i + 2];
      a3 += w[r + 3] * x[i + 3];
      a4 += w[r + 4] * x[i + 4];
      a5 += w[r + 5] * x[i + 5];
      a6 += w[r + 6] * x[i + 6];
      a7 += w[r + 7] * x[i + 7];
    }
    for (; i < dimension; i++) {
      float product = w[row + i] * x[i];
      switch (i % LANES) {
        case 0 -> a0 += product;
        case 1 -> a1 += product;
        case 2 -> a2 += product;
        case 3 -> a3 += product;
        case 4 -> a4 += product;
        case 5 -> a5 += product;
        default -> a6 += product; // a tail has at most seven columns
      }
    }
    return (((a0 + a4) + (a2 + a6)) + ((a1 + a5) + (a3 + a7))) + w[row + dimension];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head that
        && labels == that.labels
        && dimension == that.dimension
        && Arrays.equals(weights, that.weights); // compares by Float.floatToIntBits
  }

  @Override
  public int hashCode() {
    return 31 * labels + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return "Head[labels=%d, dimension=%d]".formatted(labels, dimension);
  }
}
