package dev.hyperflow.models.internal.onnx;

import dev.hyperflow.models.internal.Device;

/**
 * How much a run of a model holds at most; larger requests are cut into several runs. Immutable.
 *
 * @param texts maximum number of texts
 * @param tokens maximum number of tokens of all texts, padding included; a longer text runs alone
 * @param doubledHeads up to so many heads, the largest batch of a bundle is doubled; 1: not at all
 * @param floats maximum number of floats in one intermediate tensor of heads; a larger head runs
 *     alone
 */
record RunLimits(int texts, int tokens, int doubledHeads, long floats) {

  /*
   * On the processor, one core gains nothing beyond these limits, while the runtime keeps the
   * memory of the largest run ever seen: 32 texts of 256 tokens would be 400 MB. Heads lose beyond
   * 2 MiB a tensor, which leave the cache: 64 heads of 20 labels and 300 examples took 12.0 ms each,
   * two 8.9 ms.
   *
   * A card wants more work at once. There 2^26 floats are 1,024 heads of 20 labels and 100
   * examples. 32,768 tokens are 1,024 texts of up to 32 tokens; at 256 tokens a text, the scores
   * of all heads of attention take 400 MB. Both fit into the 2 GiB that a model may use. These
   * limits were calculated; no card has measured them. A run that does not fit is halved.
   */
  private static final RunLimits PROCESSOR = new RunLimits(32, 2_048, 1, 1L << 19);
  private static final RunLimits CARD = new RunLimits(1_024, 32_768, 1_024, 1L << 26);

  static RunLimits of(Device.Kind kind) {
    return kind == Device.Kind.CUDA ? CARD : PROCESSOR;
  }

  /** Texts of so many tokens in a run, padding included; at least 1. */
  int textsOf(int length) {
    return Math.min(texts, Math.max(1, tokens / length));
  }
}
