package dev.hyperflow.topology.internal.tracing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is under way, in bounded number: the oldest makes room. Safe for use by many threads.
 *
 * @param <K> under what it is found
 * @param <V> what is kept
 */
final class OpenSpans<K, V> {
  private final int most;
  private final Consumer<V> whenForgotten;
  private final Map<K, V> open = new LinkedHashMap<>();

  /**
   * Holds nothing yet.
   *
   * @param whenForgotten is given what had to make room
   */
  OpenSpans(int most, Consumer<V> whenForgotten) {
    this.most = most;
    this.whenForgotten = whenForgotten;
  }

  synchronized void put(K key, V value) {
    open.put(key, value);
    if (open.size() > most) {
      K eldest = open.keySet().iterator().next();
      whenForgotten.accept(open.remove(eldest));
    }
  }

  synchronized Optional<V> get(K key) {
    return Optional.ofNullable(open.get(key));
  }

  synchronized Optional<V> take(K key) {
    return Optional.ofNullable(open.remove(key));
  }
}
