package dev.hyperflow.training.tensor;

/**
 * {@code S = (c U Uᵀ + λI)⁻¹ U}, kept as the smaller of two equal forms.
 *
 * @param <T> a tensor
 */
public interface Ridge<T> {

  /** Rows [B,k,M] times S: [B,k,D]. */
  T times(T left);
}
