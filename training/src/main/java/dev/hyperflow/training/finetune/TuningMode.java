package dev.hyperflow.training.finetune;

/** Which parameters of the encoder move; the head always does. */
enum TuningMode {

  /** All bias vectors (Ben Zaken et al. 2021, arXiv 2106.10199). */
  BIAS_ONLY("bias-only", 1e-3, 1),

  /** Everything. */
  FULL("full", 5e-5, 2);

  private final String option;
  private final double rate;
  private final int backwardPasses;

  TuningMode(String option, double rate, int backwardPasses) {
    this.option = option;
    this.rate = rate;
    this.backwardPasses = backwardPasses;
  }

  /**
   * Reads a mode.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TuningMode parse(String text) {
    for (TuningMode mode : values()) {
      if (mode.option.equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("expected bias-only or full, found '" + text + "'");
  }

  /** As it is written. */
  String option() {
    return option;
  }

  /** Adam's rate for the encoder unless somebody says otherwise: of the usual size, not tuned. */
  double rate() {
    return rate;
  }

  /** Whether a parameter of the encoder moves. */
  boolean moves(String parameter) {
    return this == FULL || parameter.endsWith(".bias");
  }

  /**
   * Floating-point operations of a step: a forward pass, one more of the same size for gradients of
   * activations, one for gradients of matrices if these move. Six more per weight of the head and
   * example; Adam's own are not counted.
   *
   * @param forward operations of the forward pass
   */
  double stepOperations(double forward, int examples, int hidden, int ways) {
    return forward * (1 + backwardPasses) + 6.0 * examples * hidden * ways;
  }
}
