package dev.hyperflow.demo.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When faults happened, when queries were sent, and when their first answers could be seen. Gives
 * the time from a fault to the moment when each partition answers again. Thread-safe.
 */
final class Faults {

  private final List<Long> moments = new ArrayList<>();
  private final List<Duration> leavings = new ArrayList<>();
  private final Map<String, Query> queries = new HashMap<>();
  private final Map<String, Long> answered = new HashMap<>();

  private record Query(long sentNanos, int partition) {}

  /** A fault happens now, or what caused it ends now where nothing can work before. */
  synchronized void happened() {
    moments.add(System.nanoTime());
  }

  /** An instance has left in good order within this time. */
  synchronized void took(Duration leaving) {
    leavings.add(leaving);
  }

  /** How long instances took to leave in good order. */
  synchronized List<Duration> leavings() {
    return List.copyOf(leavings);
  }

  /** A query is sent now. */
  synchronized void sent(String queryId, int partition) {
    queries.put(queryId, new Query(System.nanoTime(), partition));
  }

  /** An answer can be seen now. */
  synchronized void answered(String queryId) {
    answered.putIfAbsent(queryId, System.nanoTime());
  }

  synchronized int count() {
    return moments.size();
  }

  /**
   * For each fault, the time until every partition had answered a query that was sent after it.
   * Leaves out faults that the next one came upon before that.
   */
  synchronized List<Duration> recoveries() {
    List<Duration> recoveries = new ArrayList<>();
    for (int i = 0; i < moments.size(); i++) {
      long from = moments.get(i);
      long until = i + 1 < moments.size() ? moments.get(i + 1) : Long.MAX_VALUE;
      Map<Integer, Long> first = new HashMap<>();
      queries.forEach(
          (id, query) -> {
            Long at = answered.get(id);
            if (query.sentNanos >= from && at != null) {
              first.merge(query.partition, at, Math::min);
            }
          });
      long last = first.values().stream().mapToLong(Long::longValue).max().orElse(Long.MAX_VALUE);
      if (first.size() == Platform.PARTITIONS && last < until) {
        recoveries.add(Duration.ofNanos(last - from));
      }
    }
    return recoveries;
  }
}
