package dev.hyperflow.topology.internal.view;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Some of many values, spread evenly enough for a percentile. Not thread-safe. */
final class Sample {
  static final int MAX_VALUES = 128;

  private long[] values = {};
  private long seen;

  void add(long value) {
    if (values.length < MAX_VALUES && seen >= values.length) {
      values = Arrays.copyOf(values, Math.min(MAX_VALUES, Math.max(8, 2 * values.length)));
    }
    values[(int) (seen++ % values.length)] = value;
  }

  /** What it kept. */
  LongStream values() {
    return Arrays.stream(values, 0, (int) Math.min(seen, values.length));
  }

  /** The smallest value that at least this share is not above; empty without values. */
  static OptionalLong percentile(long[] sorted, double share) {
    return sorted.length == 0
        ? OptionalLong.empty()
        : OptionalLong.of(sorted[(int) Math.min(sorted.length - 1, share * sorted.length)]);
  }
}
