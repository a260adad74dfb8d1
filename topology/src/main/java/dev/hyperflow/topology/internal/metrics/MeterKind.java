package dev.hyperflow.topology.internal.metrics;

import java.util.List;
import java.util.Locale;

/** What kind of figure a meter gives. */
public enum MeterKind {
  /** Only ever grows, until a restart. */
  COUNTER(List.of("_total")),
  /** A value now. */
  GAUGE(List.of("")),
  /** Times of something: a histogram, and the longest of late. */
  TIMER(List.of("_count", "_sum", "_bucket", "_max")),
  /** Sizes of something: a histogram, and the largest of late. */
  SUMMARY(List.of("_count", "_sum", "_bucket", "_max"));

  @SuppressWarnings("ImmutableEnumChecker") // Unmodifiable.
  private final List<String> suffixes;

  MeterKind(List<String> suffixes) {
    this.suffixes = suffixes;
  }

  /** What Prometheus appends to the names of its samples. */
  List<String> suffixes() {
    return suffixes;
  }

  String shownSuffix() {
    return this == COUNTER ? "_total" : "";
  }

  String shownName() {
    return this == TIMER || this == SUMMARY
        ? name().toLowerCase(Locale.ROOT) + ": `_count`, `_sum`, `_bucket`, `_max`"
        : name().toLowerCase(Locale.ROOT);
  }
}
