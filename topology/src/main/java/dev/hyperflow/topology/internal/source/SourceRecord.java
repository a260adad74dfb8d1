package dev.hyperflow.topology.internal.source;

/**
 * The raw record that an event came from: what a dead letter needs. Arrays are shared, not copied.
 */
public final class SourceRecord {
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestampMillis;
  private final byte[] key;
  private final byte[] value;

  /** A record with the coordinates it was read from; key and value may be null. */
  public SourceRecord(
      String topic, int partition, long offset, long timestampMillis, byte[] key, byte[] value) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.key = key;
    this.value = value;
  }

  /** The topic it was read from. */
  public String topic() {
    return topic;
  }

  /** The partition it was read from. */
  public int partition() {
    return partition;
  }

  /** Its offset there. */
  public long offset() {
    return offset;
  }

  /** Its timestamp, milliseconds since the epoch. */
  public long timestampMillis() {
    return timestampMillis;
  }

  /** Its raw key, or null. */
  public byte[] key() {
    return key;
  }

  /** Its raw value, or null. */
  public byte[] value() {
    return value;
  }
}
