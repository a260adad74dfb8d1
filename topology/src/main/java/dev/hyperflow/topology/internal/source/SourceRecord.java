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
  private final byte[] tenantKey;

  /** A record with the coordinates it was read from; key and value may be null. */
  public SourceRecord(
      String topic, int partition, long offset, long timestampMillis, byte[] key, byte[] value) {
    this(topic, partition, offset, timestampMillis, key, value, key);
  }

  private SourceRecord(
      String topic,
      int partition,
      long offset,
      long timestampMillis,
      byte[] key,
      byte[] value,
      byte[] tenantKey) {
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestampMillis = timestampMillis;
    this.key = key;
    this.value = value;
    this.tenantKey = tenantKey;
  }

  /** The same record, of a tenant whose records have that key; null: it is not known. */
  public SourceRecord under(byte[] newTenantKey) {
    return new SourceRecord(topic, partition, offset, timestampMillis, key, value, newTenantKey);
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

  /** The key of its tenant's records, or null; in topics of somebody else not its own key. */
  public byte[] tenantKey() {
    return tenantKey;
  }
}
