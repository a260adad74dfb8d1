package dev.hyperflow.topology.internal.view;

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
    long[] sorted = samples.stream().flatMapToLong(Sample::values).sorted().toArray();
    return new Percentiles(Sample.percentile(sorted, MEDIAN), Sample.percentile(sorted, HIGH));
  }
}
