package dev.hyperflow.topology.internal.batch;

import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.state.InboxEntry;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** A record that waits for its batch. Not thread-safe. */
final class WaitingRecord {
  private final SourceRecord source;
  private final Headers headers;
  private final long arrivedMillis;
  private final Consumer<Batch> joins;
  private OptionalInt slot;

  private WaitingRecord(
      SourceRecord source,
      Headers headers,
      long arrivedMillis,
      OptionalInt slot,
      Consumer<Batch> joins) {
    this.source = source;
    this.headers = headers;
    this.arrivedMillis = arrivedMillis;
    this.slot = slot;
    this.joins = joins;
  }

  /** One that has just arrived. */
  static WaitingRecord arrived(Record<byte[], PendingEvent> record, long nowMillis) {
    return new WaitingRecord(
        record.value().source(),
        record.headers(),
        nowMillis,
        OptionalInt.empty(),
        batch -> batch.add(record));
  }

  /** One that waited in a slot of the inbox when its task stopped. */
  static WaitingRecord restored(InboxEntry entry, long nowMillis, Consumer<Batch> joins) {
    return new WaitingRecord(
        entry.source(), entry.headers(), nowMillis, OptionalInt.of(entry.slot()), joins);
  }

  SourceRecord source() {
    return source;
  }

  Headers headers() {
    return headers;
  }

  /** The bytes of its value. */
  int bytes() {
    return source.value() == null ? 0 : source.value().length;
  }

  /** When it arrived, milliseconds since the epoch. */
  long arrivedMillis() {
    return arrivedMillis;
  }

  /** Its slot in the inbox, if it is there. */
  OptionalInt slot() {
    return slot;
  }

  void keptIn(int newSlot) {
    slot = OptionalInt.of(newSlot);
  }

  void join(Batch batch) {
    joins.accept(batch);
  }
}
