package dev.hyperflow.topology.internal.batch;

import dev.hyperflow.topology.internal.decode.LateDecoder;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/** A record that waits for its batch. Not thread-safe. */
final class WaitingRecord {
  private static final Future<?> DECODED = CompletableFuture.completedFuture(null);

  private final SourceRecord source;
  private final Headers headers;
  private final long arrivedMillis;
  private final Future<?> decoded;
  private final Consumer<Batch> joins;
  private OptionalInt slot;

  private WaitingRecord(
      SourceRecord source,
      Headers headers,
      long arrivedMillis,
      OptionalInt slot,
      Future<?> decoded,
      Consumer<Batch> joins) {
    this.source = source;
    this.headers = headers;
    this.arrivedMillis = arrivedMillis;
    this.slot = slot;
    this.decoded = decoded;
    this.joins = joins;
  }

  /** One that has just arrived. */
  static WaitingRecord arrived(Record<byte[], PendingEvent> record, long nowMillis) {
    return new WaitingRecord(
        record.value().source(),
        record.headers(),
        nowMillis,
        OptionalInt.empty(),
        DECODED,
        batch -> batch.add(record));
  }

  /**
   * One that is decoded elsewhere.
   *
   * @param record its key, timestamp and headers
   * @param slot where it waits in the inbox, if it does
   */
  static WaitingRecord undecoded(
      Record<byte[], ?> record,
      SourceRecord source,
      long nowMillis,
      OptionalInt slot,
      CompletableFuture<LateDecoder.Late> decoded) {
    return new WaitingRecord(
        source,
        record.headers(),
        nowMillis,
        slot,
        decoded,
        batch -> join(batch, decoded.join(), record, nowMillis));
  }

  private static void join(
      Batch batch, LateDecoder.Late late, Record<byte[], ?> record, long nowMillis) {
    SourceRecord source = late.source();
    Record<byte[], ?> keyed = record.withKey(source.tenantKey());
    late.decoded()
        .handle(
            event ->
                batch.add(
                    keyed
                        .withTimestamp(Math.min(event.timestampMillis(), nowMillis))
                        .withValue(new PendingEvent(event, source))),
            refusal -> batch.add(new Batch.Refused(keyed, source, refusal)));
  }

  /** Whether it may {@linkplain #join join} a batch: the registry has answered. */
  boolean isDecoded() {
    return decoded.isDone();
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
