package dev.hyperflow.training.tensor;

import java.util.List;

/**
 * Arithmetic on float tensors, generic in what a tensor is: an array that has values, or a value of
 * a graph that will have some. Axes count from 0; operands of different shapes are broadcast as in
 * NumPy. Not safe for use by several threads.
 *
 * <p>A support set or a label list may be padded, and padding must not change a bit of a result. So
 * sums over the axes of examples and labels are matrix products or {@link #orderedSum}; {@link
 * #sum} is for features, and where at most one entry is not zero.
 *
 * @param <T> a tensor; a truth value is a tensor, too, for {@link #where} alone
 */
public interface Tensors<T> {

  /** A constant without axes. */
  T scalar(float value);

  /** A matrix that training may change. */
  T parameter(String name);

  /** a + b. */
  T add(T a, T b);

  /** a − b. */
  T sub(T a, T b);

  /** a · b, entry by entry. */
  T mul(T a, T b);

  /** a ÷ b, entry by entry. */
  T div(T a, T b);

  /** The larger of two entries. */
  T max(T a, T b);

  /** The smaller of two entries. */
  T min(T a, T b);

  /** e to the power of each entry. */
  T exp(T a);

  /** Natural logarithm; entries are positive. Expensive: use it on small tensors. */
  T log(T a);

  /** Square root; entries are at least 0. */
  T sqrt(T a);

  /** Hyperbolic tangent. */
  T tanh(T a);

  /** 1 ÷ (1 + e^−a). */
  T sigmoid(T a);

  /** Softmax over the last axis. */
  T softmax(T a);

  /** Logarithm of the softmax over the last axis. */
  T logSoftmax(T a);

  /** Whether a > b. */
  T greater(T a, T b);

  /** {@code yes} where the condition holds, {@code no} elsewhere; not even NaN comes through. */
  T where(T condition, T yes, T no);

  /** Matrix product of the last two axes. */
  T matmul(T a, T b);

  /** Last two of three axes swapped. */
  T transpose(T a);

  /** Sum over one axis, which stays with size 1, in whatever order is fast. */
  T sum(T a, int axis);

  /** Sum over one axis, which stays with size 1, unchanged to the last bit by zeros at the end. */
  T orderedSum(T a, int axis);

  /** Largest entry along one axis, which stays with size 1. */
  T largest(T a, int axis);

  /** Entries {@code from} to before {@code to} along one axis; negative ones count from the end. */
  T slice(T a, int axis, int from, int to);

  /** The last entry along one axis, which stays with size 1. */
  T last(T a, int axis);

  /** All entries but the last along one axis. */
  T withoutLast(T a, int axis);

  /** Joins tensors along one axis. */
  T concat(int axis, List<T> parts);

  /**
   * The rows of examples that are picked of a support set: all, or as many as may be, evenly
   * spread.
   *
   * @param values [B,M,k]
   * @param membership [B,M,N]; zero rows are padding and come last
   * @param max maximum number of examples, a multiple of 32
   * @return [B,E,k], E the smaller of M and the maximum
   */
  T pick(T values, T membership, int max);

  /**
   * The inverse of {@code G + λI}.
   *
   * @param products G, [B,n,n], symmetric and positive semi-definite
   * @param ridge λ, [B,1,1], positive
   * @return [B,n,n]
   */
  T inverse(T products, T ridge);

  /** The diagonal of the last two of three axes, [B,n,n], as [B,n,1]. */
  T diagonal(T squares);

  /**
   * Prepares {@code (c U Uᵀ + λI)⁻¹ U}, by whichever of the two equal forms is smaller.
   *
   * @param design U, [B,M,D]
   * @param curvature c, [B,1,1], positive
   * @param ridge λ, [B,1,1], positive
   */
  Ridge<T> ridge(T design, T curvature, T ridge);
}
