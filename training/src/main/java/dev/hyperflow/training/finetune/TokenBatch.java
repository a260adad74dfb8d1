package dev.hyperflow.training.finetune;

import java.util.Arrays;
import java.util.List;

/** Texts as token ids, padded to the longest. Arrays are handed out without a copy. */
final class TokenBatch {

  private final int rows;
  private final int length;
  private final long[] ids; // 0 is [PAD]
  private final float[] mask;

  private TokenBatch(int rows, int length) {
    this.rows = rows;
    this.length = length;
    this.ids = new long[rows * length];
    this.mask = new float[rows * length];
  }

  /** A batch of texts, each with at least one token. */
  static TokenBatch of(List<long[]> texts) {
    int length = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
    TokenBatch batch = new TokenBatch(texts.size(), length);
    for (int row = 0; row < batch.rows; row++) {
      long[] text = texts.get(row);
      System.arraycopy(text, 0, batch.ids, row * length, text.length);
      Arrays.fill(batch.mask, row * length, row * length + text.length, 1f);
    }
    return batch;
  }

  /** Number of texts. */
  int rows() {
    return rows;
  }

  /** Number of tokens that texts are padded to. */
  int length() {
    return length;
  }

  /** Token ids, [rows][length]. */
  long[] ids() {
    return ids;
  }

  /** 1 for a token, 0 for padding, [rows][length]. */
  float[] mask() {
    return mask;
  }
}
