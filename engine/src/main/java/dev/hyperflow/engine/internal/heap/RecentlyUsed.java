package dev.hyperflow.engine.internal.heap;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Values that were used lately, as many as fit into a number of bytes, and always the one that was
 * put last. For use by one thread.
 *
 * <p>What has to go is chosen by second chance (the clock algorithm): in the order in which keys
 * came, but a value that was used since its last turn is passed over once. A use writes a flag at
 * most. An order of use would write to three neighbours each time: with many values they are in no
 * cache of the processor, and the collector has to look at them again.
 *
 * @param <K> what a value is found by
 * @param <V> what is kept
 */
final class RecentlyUsed<K, V> {

  /** What an entry costs besides its value: the map's node, the key and the entry itself. */
  private static final long ENTRY_BYTES = 200;

  private static final class Entry<K, V> {
    final K key;
    V value;
    long bytes;
    boolean used;
    boolean gone;

    Entry(K key) {
      this.key = key;
    }
  }

  private final Map<K, Entry<K, V>> entries = new HashMap<>();
  private final Deque<Entry<K, V>> turns = new ArrayDeque<>(); // and some that are gone
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
    Entry<K, V> found = entries.get(key);
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
    Entry<K, V> entry = entries.computeIfAbsent(key, this::enter);
    bytes -= entry.bytes;
    entry.value = value;
    entry.bytes = ENTRY_BYTES + size.applyAsLong(value);
    bytes += entry.bytes;
    long most = limit.getAsLong();
    while (bytes > most && entries.size() > 1) {
      takeTurn(entry);
    }
  }

  private Entry<K, V> enter(K key) {
    Entry<K, V> entry = new Entry<>(key);
    turns.addLast(entry);
    return entry;
  }

  /** Lets go of the one whose turn it is, unless it was used or is to stay. */
  private void takeTurn(Entry<K, V> staying) {
    Entry<K, V> first = turns.removeFirst();
    if (first.used || first == staying) {
      first.used = false;
      turns.addLast(first);
    } else if (!first.gone) {
      remove(first.key);
    }
  }

  /** Lets go of a key's value, if it is there. */
  public void remove(K key) {
    Entry<K, V> removed = entries.remove(key);
    if (removed == null) {
      return;
    }
    bytes -= removed.bytes;
    removed.value = null;
    removed.used = false;
    removed.gone = true;
    if (turns.size() > 2 * entries.size()) {
      turns.removeIf(entry -> entry.gone);
    }
  }
}
