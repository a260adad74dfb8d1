package dev.hyperflow.engine.heap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Values that were used lately, as many as fit into a number of bytes, and always the one that was
 * put last. For use by one thread.
 *
 * <p>What has to go is chosen by second chance (the clock algorithm): in the order in which values
 * were put, but a value that was used since its turn came last is passed over once. A use writes a
 * flag at most. An order of use would write to three neighbours at each: with many values they are
 * in no cache of the processor, and the collector has to look at them again.
 *
 * @param <K> what a value is found by
 * @param <V> what is kept
 */
public final class RecentlyUsed<K, V> {

  /** What an entry costs besides its value: the map's node, the key and the entry itself. */
  private static final long ENTRY_BYTES = 200;

  private static final class Entry<V> {
    final V value;
    final long bytes;
    boolean used;

    Entry(V value, long bytes) {
      this.value = value;
      this.bytes = bytes;
    }
  }

  private final Map<K, Entry<V>> entries = new LinkedHashMap<>();
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
    Entry<V> found = entries.get(key);
    if (found == null) {
      return null;
    }
    if (!found.used) {
      found.used = true;
    }
    return found.value;
  }

  /** Keeps a value, and lets go of others if that is needed. */
  public void put(K key, V value) {
    remove(key);
    Entry<V> entry = new Entry<>(value, ENTRY_BYTES + size.applyAsLong(value));
    long most = limit.getAsLong() - entry.bytes;
    while (bytes > most && !entries.isEmpty()) {
      takeTurn();
    }
    entries.put(key, entry);
    bytes += entry.bytes;
  }

  /** Lets go of the first in the order, or moves it to the end if it was used. */
  private void takeTurn() {
    Iterator<Map.Entry<K, Entry<V>>> first = entries.entrySet().iterator();
    Map.Entry<K, Entry<V>> node = first.next();
    K key = node.getKey();
    Entry<V> entry = node.getValue();
    first.remove();
    if (entry.used) {
      entry.used = false;
      entries.put(key, entry);
    } else {
      bytes -= entry.bytes;
    }
  }

  /** Lets go of a key's value, if it is there. */
  public void remove(K key) {
    Entry<V> removed = entries.remove(key);
    if (removed != null) {
      bytes -= removed.bytes;
    }
  }
}
