package dev.hyperflow.topology.internal.batch;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.source.PendingEvent;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;

/** Events in the order of their arrival, each with the record it came from. Not thread-safe. */
public final class Batch {
  private final List<Record<byte[], PendingEvent>> records = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<SourceRecord> sources = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final long oldestMillis;

  /**
   * A record that waited and that cannot be decoded.
   *
   * @param record its key, timestamp and headers
   * @param source its bytes and coordinates
   * @param rejection what is wrong with it
   */
  public record Refused(Record<byte[], ?> record, SourceRecord source, Rejection rejection) {}

  Batch(long oldestMillis) {
    this.oldestMillis = oldestMillis;
  }

  void add(Record<byte[], PendingEvent> record) {
    records.add(record);
    events.add(record.value().event());
    sources.add(record.value().source());
  }

  void add(Refused record) {
    refused.add(record);
  }

  /** How many events there are. */
  public int size() {
    return events.size();
  }

  /** When the first record arrived, milliseconds since the epoch. */
  public long oldestMillis() {
    return oldestMillis;
  }

  /** The events. */
  public List<Event> events() {
    return events;
  }

  /** The raw records of the events. */
  public List<SourceRecord> sources() {
    return sources;
  }

  /** The record of an event. */
  public Record<byte[], PendingEvent> record(int index) {
    return records.get(index);
  }

  /** What cannot be decoded, of records that waited over a restart or for the registry. */
  public List<Refused> refused() {
    return refused;
  }
}
