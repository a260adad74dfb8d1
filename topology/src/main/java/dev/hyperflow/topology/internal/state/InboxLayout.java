package dev.hyperflow.topology.internal.state;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The bytes of the {@code inbox} store: one entry per record that waits for its batch.
 *
 * <pre>
 * key, big-endian
 *   int32   slot
 *
 * value, little-endian
 *   uint8   version = 1
 *   int64   place in the order of arrival
 *   int32   partition
 *   int64   offset
 *   int64   timestamp, ms since the epoch
 *   int32   bytes of the topic | topic, UTF-8
 *   int32   bytes of the key, -1 for none | key
 *   int32   bytes of the value, -1 for none | value
 *   int32   headers | per header:
 *     int32   bytes of the name | name, UTF-8
 *     int32   bytes of the value, -1 for none | value
 * </pre>
 */
final class InboxLayout {
  private static final byte VERSION = 1;
  private static final int NONE = -1;
  private static final int FIXED_BYTES = Byte.BYTES + 3 * Long.BYTES + 2 * Integer.BYTES;

  private InboxLayout() {}

  static byte[] key(int slot) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(slot).array();
  }

  static int slot(byte[] key) {
    return ByteBuffer.wrap(key).getInt();
  }

  /** The size of the value without its headers, computed without making it. */
  static long sizeWithoutHeaders(SourceRecord source) {
    return (long) FIXED_BYTES
        + Integer.BYTES
        + 3L * source.topic().length()
        + sizeOf(source.key())
        + sizeOf(source.value());
  }

  static byte[] value(long place, SourceRecord source, Headers headers) {
    byte[] topic = LayoutBytes.utf8(source.topic());
    int size =
        FIXED_BYTES
            + LayoutBytes.sizeOf(topic)
            + sizeOf(source.key())
            + sizeOf(source.value())
            + sizeOf(headers);
    byte[] value = new byte[size];
    ByteBuffer bytes = LayoutBytes.over(value, VERSION);
    bytes.putLong(place).putInt(source.partition()).putLong(source.offset());
    bytes.putLong(source.timestampMillis());
    LayoutBytes.putText(bytes, topic);
    put(bytes, source.key());
    put(bytes, source.value());
    put(bytes, headers);
    return value;
  }

  static InboxEntry entry(int slot, byte[] value) {
    ByteBuffer bytes = LayoutBytes.open(value, VERSION, "inbox");
    long place = bytes.getLong();
    int partition = bytes.getInt();
    long offset = bytes.getLong();
    long timestampMillis = bytes.getLong();
    String topic = LayoutBytes.getText(bytes);
    byte[] recordKey = get(bytes);
    byte[] recordValue = get(bytes);
    SourceRecord source =
        new SourceRecord(topic, partition, offset, timestampMillis, recordKey, recordValue);
    Headers headers = new RecordHeaders();
    for (int left = bytes.getInt(); left > 0; left--) {
      headers.add(LayoutBytes.getText(bytes), get(bytes));
    }
    return new InboxEntry(slot, place, source, headers);
  }

  private static int sizeOf(byte[] bytes) {
    return Integer.BYTES + (bytes == null ? 0 : bytes.length);
  }

  private static int sizeOf(Headers headers) {
    int size = 0;
    for (Header header : headers) {
      size += Integer.BYTES + header.key().getBytes(StandardCharsets.UTF_8).length;
      size += sizeOf(header.value());
    }
    return size;
  }

  private static void put(ByteBuffer bytes, byte[] value) {
    if (value == null) {
      bytes.putInt(NONE);
    } else {
      bytes.putInt(value.length).put(value);
    }
  }

  private static void put(ByteBuffer bytes, Headers headers) {
    int countAt = bytes.position();
    bytes.putInt(0);
    int count = 0;
    for (Header header : headers) {
      LayoutBytes.putText(bytes, LayoutBytes.utf8(header.key()));
      put(bytes, header.value());
      count++;
    }
    bytes.putInt(countAt, count);
  }

  private static byte[] get(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length == NONE) {
      return null;
    }
    byte[] value = new byte[length];
    bytes.get(value);
    return value;
  }
}
