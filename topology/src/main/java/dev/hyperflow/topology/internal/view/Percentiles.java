package dev.hyperflow.topology.internal.view;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Two percentiles of durations.
 *
 * @param p50 the median, milliseconds; empty when nothing was measured
 * @param p99 99 of 100 are not above, milliseconds; empty when nothing was measured
 */
public record Percentiles(OptionalLong p50, OptionalLong p99) {
  private static final double MEDIAN = 0.5;
  private static final double HIGH = 0.99;

  static Percentiles of(List<Sample> samples) {
    long[][] all = new long[samples.size()][];
    int total = 0;
    for (int i = 0; i < all.length; i++) {
      int place = i;
      samples.get(i).copyTo(values -> all[place] = values);
      total += all[i].length;
    }
    long[] sorted = new long[total];
    int at = 0;
    for (long[] values : all) {
      System.arraycopy(values, 0, sorted, at, values.length);
      at += values.length;
    }
    Arrays.sort(sorted);
    return new Percentiles(Sample.percentile(sorted, MEDIAN), Sample.percentile(sorted, HIGH));
  }
}
