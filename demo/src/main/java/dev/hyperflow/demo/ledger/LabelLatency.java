package dev.hyperflow.demo.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Time from sending a tenant's label to the first answer that uses it.
 *
 * <p>The application applies a tenant's labels in the order they were sent. An answer says how many
 * it had applied. So the first answer that counts k or more is the first that uses the k-th label.
 * Not thread-safe.
 */
final class LabelLatency {

  private static final long UNKNOWN = -1;

  private final List<Long> sentMillis = new ArrayList<>();
  private final List<Long> latencies = new ArrayList<>();
  private int used;

  /** A label was sent at this time. */
  void sent(long millis) {
    sentMillis.add(millis);
  }

  /** A label was sent at a time that nobody remembers: it counts, but is not timed. */
  void sentEarlier() {
    sentMillis.add(UNKNOWN);
  }

  /** An answer that uses that many labels has arrived. */
  void answered(long labelsApplied, long arrivedMillis) {
    while (used < sentMillis.size() && used < labelsApplied) {
      long sent = sentMillis.get(used);
      used++;
      if (sent != UNKNOWN) {
        latencies.add(Math.max(0, arrivedMillis - sent));
      }
    }
  }

  /** The median over all timed labels. */
  OptionalLong medianMillis() {
    if (latencies.isEmpty()) {
      return OptionalLong.empty();
    }
    long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return OptionalLong.of(sorted[(sorted.length - 1) / 2]);
  }
}
