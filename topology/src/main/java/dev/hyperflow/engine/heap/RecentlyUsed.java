package dev.hyperflow.engine.heap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The values used last, as many as fit into a number of bytes, and always the one used last. For
 * use by one thread.
 *
 * @param <K> what a value is found by
 * @param <V> what is kept
 */
public final class RecentlyUsed<K, V> {

  /** What an entry costs besides its value: the map's node, the key and the entry's record. */
  private static final long ENTRY_BYTES = 200;

  private record Weighed<V>(V value, long bytes) {}

  private final Map<K, Weighed<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final LongSupplier limit;
  private final ToLongFunction<V> size;
  private long bytes;

  /**
   * An empty cache.
   *
   * @param limit most bytes it may hold; asked at every change
   * @param size estimates a value's bytes on the heap
   */
  public RecentlyUsed(LongSupplier limit, ToLongFunction<V> size) {
    this.limit = limit;
    this.size = size;
  }

  /** The value of a key, or null; it counts as used. */
  public V get(K key) {
    Weighed<V> found = entries.get(key);
    return found == null ? null : found.value();
  }

  /** Keeps a value, and lets go of those unused longest if that is needed. */
  public void put(K key, V value) {
    remove(key);
    Weighed<V> entry = new Weighed<>(value, ENTRY_BYTES + size.applyAsLong(value));
    entries.put(key, entry);
    bytes += entry.bytes();
    long most = limit.getAsLong();
    Iterator<Weighed<V>> eldest = entries.values().iterator();
    while (bytes > most && entries.size() > 1) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  /** Lets go of a key's value, if it is there. */
  public void remove(K key) {
    Weighed<V> removed = entries.remove(key);
    if (removed != null) {
      bytes -= removed.bytes();
    }
  }
}
