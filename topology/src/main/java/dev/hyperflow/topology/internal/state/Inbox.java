package dev.hyperflow.topology.internal.state;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.CachedStateStore;

/**
 * Records that were read but whose batch was not processed yet, kept with the task's state so that
 * a commit between the two loses none. Used by its task's stream thread only.
 */
public final class Inbox {
  // The cache in front of the store writes only what is pending at a commit, and tombstones for
  // what was pending at an earlier one. A record that came and went between two commits leaves no
  // trace. That matters: Kafka Streams flushes the cache of one task, waits for the broker, and
  // only then looks at the next task. A cache looks for an old value only if somebody listens, so
  // the inbox listens. InboxOnABrokerTest holds Kafka to it.
  //
  // A record near the usual limit of 1 MiB would, with its coordinates, be too large for the
  // changelog, so it is not taken.

  private static final int MAX_BYTES = 512 * 1024;

  private final KeyValueStore<Bytes, byte[]> store;
  private final List<Bytes> keys = new ArrayList<>();
  private final BitSet used = new BitSet();
  private long nextPlace;

  Inbox(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /**
   * The builder of the store.
   *
   * @param prefix stands before the store's name
   * @param caching whether a cache coalesces what comes and goes between two commits
   */
  public static StoreBuilder<?> builder(NamePrefix prefix, boolean caching) {
    StoreBuilder<KeyValueStore<Bytes, byte[]>> builder =
        Stores.keyValueStoreBuilder(
                RestorableStore.supplier(prefix.name(StoreNames.INBOX)),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingEnabled(Map.of());
    return caching ? builder.withCachingEnabled() : builder.withCachingDisabled();
  }

  /** The inbox of the task that {@code context} belongs to. */
  public static Inbox open(ProcessorContext<?, ?> context, NamePrefix prefix) {
    KeyValueStore<Bytes, byte[]> store = context.getStateStore(prefix.name(StoreNames.INBOX));
    if (store instanceof CachedStateStore<?, ?> cached) {
      cached.setFlushListener(change -> {}, false);
    }
    return new Inbox(store);
  }

  /** Reads what is waiting, in the order of arrival; call once, before anything else. */
  public List<InboxEntry> restore() {
    List<InboxEntry> entries = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        int slot = InboxLayout.slot(next.key.get());
        entries.add(InboxLayout.entry(slot, next.value));
        used.set(slot);
      }
    }
    entries.sort(Comparator.comparingLong(InboxEntry::place));
    if (!entries.isEmpty()) {
      nextPlace = entries.get(entries.size() - 1).place() + 1;
    }
    return entries;
  }

  /**
   * Keeps a record until it is {@linkplain #remove removed}.
   *
   * @return its slot; empty when the record is too large to be kept: it must be processed at once
   *     then
   */
  public OptionalInt keep(SourceRecord source, Headers headers) {
    if (!fits(source, headers)) {
      return OptionalInt.empty();
    }
    int slot = used.nextClearBit(0);
    store.put(key(slot), InboxLayout.value(nextPlace, source, headers));
    used.set(slot);
    nextPlace++;
    return OptionalInt.of(slot);
  }

  /** Forgets the record in a slot. */
  public void remove(int slot) {
    store.put(key(slot), null);
    used.clear(slot);
  }

  private static boolean fits(SourceRecord source, Headers headers) {
    long bytes = InboxLayout.sizeWithoutHeaders(source);
    for (Header header : headers) {
      bytes += 3L * header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes <= MAX_BYTES;
  }

  private Bytes key(int slot) {
    while (keys.size() <= slot) {
      keys.add(Bytes.wrap(InboxLayout.key(keys.size())));
    }
    return keys.get(slot);
  }
}
