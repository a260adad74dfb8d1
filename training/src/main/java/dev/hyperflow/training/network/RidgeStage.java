package dev.hyperflow.training.network;

import dev.hyperflow.training.tensor.Ridge;
import dev.hyperflow.training.tensor.Tensors;
import java.util.List;

/**
 * {@code Fᵀ = (c ŨŨᵀ + λI)⁻¹ Ũ} of weighted examples ũ = v^½ [x, f], its last column in the
 * coordinates of a head: what both least squares and a preconditioned step are made of.
 *
 * @param <T> a tensor
 */
final class RidgeStage<T> {

  /*
   * As in models' AnalyticDrift, which derives it: the constant feature f is bordered on afterwards,
   * because as part of U it would be its largest singular direction by far and cost two digits of
   * single precision; and λ is raised where needed to 1e-6 of the trace of c UᵀU, which bounds the
   * condition number. The elimination subtracts the identity from the matrix, which would drown
   * beside that of features that are long; so these are solved for at length one.
   */
  private static final float CONDITION_FLOOR = 1e-6f;

  /** f², squared constant feature: how free a bias is. */
  private static final float CONSTANT = 6.25f;

  private final Tensors<T> t;
  private final Ridge<T> ridge;
  private final T length;
  private final T bias;
  private final T shift;

  /**
   * Prepares Fᵀ, [B,M,D+1], without computing all of it.
   *
   * @param features [B,M,D]
   * @param root v^½, [B,M,1]
   * @param curvature c, [B,1,1]
   * @param regularisation λ, [B,1,1]
   */
  RidgeStage(Tensors<T> t, T features, T root, T curvature, T regularisation) {
    this.t = t;
    T design = t.mul(features, root);
    T trace = t.orderedSum(t.sum(t.mul(design, design), 2), 1);
    T floor = t.mul(t.mul(trace, curvature), t.scalar(CONDITION_FLOOR));
    T lambda = t.max(floor, regularisation);
    T total = t.orderedSum(t.mul(root, root), 1);
    T squaredLength = t.max(t.div(trace, total), t.scalar(1f));
    this.length = t.sqrt(squaredLength);
    this.ridge = t.ridge(t.div(design, length), curvature, t.div(lambda, squaredLength));

    T mean = t.div(ridge.times(t.transpose(root)), length);
    T explained = t.matmul(design, t.transpose(mean));
    T rest = t.sub(root, t.mul(explained, curvature));
    T left = t.orderedSum(t.mul(root, rest), 1);
    T free = t.mul(t.mul(left, curvature), t.scalar(CONSTANT));
    T schur = t.max(t.add(lambda, free), lambda);
    this.bias = t.mul(t.div(rest, schur), t.scalar(CONSTANT));
    this.shift = t.mul(mean, curvature);
  }

  /** Rows [B,k,M] times Fᵀ: [B,k,D+1]. */
  T times(T left) {
    T inner = ridge.times(t.div(left, length));
    T constant = t.matmul(left, bias);
    return t.concat(2, List.of(t.sub(inner, t.matmul(constant, shift)), constant));
  }
}
