package dev.hyperflow.training.network;

/**
 * What the network predicts for a task as a whole: the knobs of the flow. A prediction lies in a
 * range, on a logarithmic scale unless the range reaches 0. Training starts at a value that is
 * known to work for all tasks.
 */
enum Quantity {
  /** s, factor of the class means in the anchor. Strong anchors do not transfer to new domains. */
  ANCHOR_SCALE(0.3f, 3f, 0.7f),
  /**
   * Factor of λ, the weight of the anchor against the summed cross-entropy of the support set. The
   * rest of λ is what left-out examples are evidence for.
   */
  REGULARISATION(0.3f, 3f, 1f),
  /**
   * c, curvature that the preconditioner assumes for the cross-entropy of one example, as a
   * multiple of what is typical for the number of labels. Lower ones overshoot.
   */
  CURVATURE(0.85f, 1.6f, 1.1f),
  /** κ, what logits are multiplied with at last: the sharpness of the answers. */
  SHARPNESS(0.27f, 14.8f, 2f),
  /** γ, exponent with which rare labels are given weight: 0 not at all, 1 in full. */
  BALANCE(0f, 1.2f, 0.8f);

  private final float from;
  private final float to;
  private final float start;

  Quantity(float from, float to, float start) {
    this.from = from;
    this.to = to;
    this.start = start;
  }

  boolean logarithmic() {
    return from > 0;
  }

  /** Lower end of the range, its logarithm if that is the scale. */
  float low() {
    return logarithmic() ? (float) Math.log(from) : from;
  }

  /** Length of the range on its scale. */
  float length() {
    return (logarithmic() ? (float) Math.log(to) : to) - low();
  }

  /** What a sigmoid takes to give the value that training starts from. */
  float startLogit() {
    double at = ((logarithmic() ? Math.log(start) : start) - low()) / length();
    return (float) Math.log(at / (1 - at));
  }
}
