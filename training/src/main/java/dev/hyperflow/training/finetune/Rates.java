package dev.hyperflow.training.finetune;

/**
 * Constant rates of Adam.
 *
 * @param encoder for what moves of the encoder, above 0
 * @param head for the head, above 0
 */
record Rates(double encoder, double head) {

  Rates {
    if (!(encoder > 0 && head > 0)) {
      throw new IllegalArgumentException(
          "rates: expected both above 0, found %s and %s".formatted(encoder, head));
    }
  }
}
