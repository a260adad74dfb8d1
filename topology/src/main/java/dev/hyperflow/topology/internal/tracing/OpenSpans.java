package dev.hyperflow.topology.internal.tracing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A bounded map of what is under way. The oldest entry makes room. Safe for use by many threads.
 *
 * @param <K> the key, of the record or the tenant
 * @param <V> the span or spans
 */
final class OpenSpans<K, V> {
  private final int max;
  private final Consumer<V> whenForgotten;
  private final Map<K, V> open = new LinkedHashMap<>();

  /**
   * An empty map.
   *
   * @param max how many entries it holds at most
   * @param whenForgotten is given each entry that made room
   */
  OpenSpans(int max, Consumer<V> whenForgotten) {
    this.max = max;
    this.whenForgotten = whenForgotten;
  }

  synchronized void put(K key, V value) {
    open.put(key, value);
    if (open.size() > max) {
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
