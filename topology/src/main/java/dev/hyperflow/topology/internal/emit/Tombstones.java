package dev.hyperflow.topology.internal.emit;

import org.apache.kafka.streams.processor.api.Record;

/** Makes the records that withdraw what was published. */
public final class Tombstones {
  private static final int ROOM_FOR_HEADERS = RecordLimits.FRAME / 2;

  private Tombstones() {}

  /** A tombstone under the key of a record, with its headers as far as any topic takes them. */
  public static Record<byte[], Object> of(Record<byte[], ?> record) {
    return new Record<>(
        record.key(),
        null,
        record.timestamp(),
        RecordHeadersCopy.of(record.headers(), ROOM_FOR_HEADERS));
  }
}
