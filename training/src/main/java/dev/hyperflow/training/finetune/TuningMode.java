package dev.hyperflow.training.finetune;

import java.util.Locale;

/** Which parameters of the encoder move; the head always does. */
enum TuningMode {

  /** All bias vectors (Ben Zaken et al. 2021, arXiv 2106.10199). */
  BIAS_ONLY(1e-3, 1),

  /** All parameters. */
  FULL(5e-5, 2);

  private final double rate;
  private final int backwardPasses;

  TuningMode(double rate, int backwardPasses) {
    this.rate = rate;
    this.backwardPasses = backwardPasses;
  }

  /** As users write it: {@code bias-only}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
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
