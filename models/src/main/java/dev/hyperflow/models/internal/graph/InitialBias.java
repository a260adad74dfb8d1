package dev.hyperflow.models.internal.graph;

/** What the last column of a prototype head holds. */
public enum InitialBias {
  /** No bias: scores are inner products with the class means. */
  ZERO,
  /**
   * −scale · ‖mean‖² / 2: the largest score belongs to the class mean that is nearest in Euclidean
   * distance (prototypical networks, Snell et al. 2017, arXiv 1703.05175).
   */
  NEAREST_MEAN
}
