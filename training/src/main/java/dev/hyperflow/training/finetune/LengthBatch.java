package dev.hyperflow.training.finetune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Texts of similar length, so that little is padded.
 *
 * @param rows which texts of the list these are
 * @param tokens the texts, in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LengthBatch(int[] rows, TokenBatch tokens) {

  /**
   * Cuts a list into batches, the shortest texts first.
   *
   * @param max number of texts of a batch
   */
  static List<LengthBatch> of(List<long[]> texts, int max) {
    int[] order =
        IntStream.range(0, texts.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> texts.get(i).length))
            .mapToInt(i -> i)
            .toArray();
    List<LengthBatch> batches = new ArrayList<>();
    for (int start = 0; start < order.length; start += max) {
      int[] rows = Arrays.copyOfRange(order, start, Math.min(order.length, start + max));
      batches.add(
          new LengthBatch(rows, TokenBatch.of(IntStream.of(rows).mapToObj(texts::get).toList())));
    }
    return batches;
  }
}
