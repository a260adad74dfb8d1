package dev.hyperflow.engine.internal.heap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * A map that lets go of what was used least recently once its values weigh too much. Thread-safe;
 * for what is not read at every event.
 *
 * @param <K> what a value is found by
 * @param <V> what is kept
 */
public final class BoundedMap<K, V> {
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<K, V> entries = new LinkedHashMap<>(16, LOAD_FACTOR, true);
  private final long maxWeight;
  private final ToLongFunction<V> weigher;
  private long weight;

  private BoundedMap(long maxWeight, ToLongFunction<V> weigher) {
    this.maxWeight = maxWeight;
    this.weigher = weigher;
  }

  /** A map of at most so many entries. */
  public static <K, V> BoundedMap<K, V> ofEntries(int maxEntries) {
    return new BoundedMap<>(maxEntries, value -> 1);
  }

  /**
   * A map whose values together weigh at most {@code maxWeight}; a value that weighs more alone is
   * not kept.
   *
   * @param weigher gives the same weight for a value each time
   */
  public static <K, V> BoundedMap<K, V> ofWeight(long maxWeight, ToLongFunction<V> weigher) {
    return new BoundedMap<>(maxWeight, weigher);
  }

  /** The value of a key; it counts as used. */
  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The value of a key, made if there is none; it counts as used. */
  public synchronized V findOrMake(K key, Function<K, V> maker) {
    V found = entries.get(key);
    if (found != null) {
      return found;
    }
    V made = maker.apply(key);
    put(key, made);
    return made;
  }

  /** Keeps a value, in the place of an earlier one. */
  public synchronized void put(K key, V value) {
    V before = entries.put(key, value);
    weight += weigher.applyAsLong(value) - (before == null ? 0 : weigher.applyAsLong(before));
    Iterator<V> eldest = entries.values().iterator();
    while (weight > maxWeight && eldest.hasNext()) {
      weight -= weigher.applyAsLong(eldest.next());
      eldest.remove();
    }
  }

  /** Keeps a value unless the key has one, which does not count as used. */
  public synchronized void putIfAbsent(K key, V value) {
    if (!entries.containsKey(key)) {
      put(key, value);
    }
  }

  /** Takes a key's value out. */
  public synchronized Optional<V> remove(K key) {
    V removed = entries.remove(key);
    weight -= removed == null ? 0 : weigher.applyAsLong(removed);
    return Optional.ofNullable(removed);
  }

  /** All that it holds now. */
  public synchronized Map<K, V> copy() {
    return new LinkedHashMap<>(entries);
  }

  /** Takes the values of some keys out. */
  public synchronized void removeIf(Predicate<K> isGone) {
    entries
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = isGone.test(entry.getKey());
              weight -= gone ? weigher.applyAsLong(entry.getValue()) : 0;
              return gone;
            });
  }
}
