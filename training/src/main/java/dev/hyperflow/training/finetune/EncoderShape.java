package dev.hyperflow.training.finetune;

/**
 * Sizes of a BERT encoder.
 *
 * @param layers number of layers, at least 1
 * @param heads number of attention heads, a divisor of {@code hidden}
 * @param hidden length of a token vector
 * @param inner length of a vector inside the feed-forward part
 */
record EncoderShape(int layers, int heads, int hidden, int inner) {

  EncoderShape {
    if (layers < 1 || hidden < 1 || inner < 1 || heads < 1 || hidden % heads != 0) {
      throw new IllegalArgumentException(
          "encoder: expected positive sizes and heads that divide hidden, found %d layers, %d heads, %d hidden, %d inner"
              .formatted(layers, heads, hidden, inner));
    }
  }

  /** Length of a vector inside an attention head. */
  int headSize() {
    return hidden / heads;
  }

  /**
   * Floating-point operations of a forward pass, a multiplication and an addition being two. Only
   * matrix products count. With H hidden, I inner and T tokens, a layer does T · (8H² + 4HI) for
   * the four projections and the feed-forward part, and 4T²H for attention. Normalisations, softmax
   * and activations are below a hundredth of it.
   *
   * @param texts how many
   * @param tokens length T they are padded to
   */
  double forwardOperations(long texts, long tokens) {
    double perToken = 8.0 * hidden * hidden + 4.0 * hidden * inner;
    double attention = 4.0 * tokens * tokens * hidden;
    return texts * layers * (tokens * perToken + attention);
  }
}
