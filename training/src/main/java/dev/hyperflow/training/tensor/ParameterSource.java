package dev.hyperflow.training.tensor;

/** Where back ends find the matrices that training may change. */
public interface ParameterSource {

  /**
   * The values of a matrix in row-major order, a copy.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  float[] values(String name);

  /** Number of rows of a matrix. */
  int rows(String name);

  /** Number of columns of a matrix. */
  int columns(String name);
}
