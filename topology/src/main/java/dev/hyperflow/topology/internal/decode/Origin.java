package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The header of records in a repartition topic that tells where they came from. The value of the
 * record there is the value that was read.
 *
 * <pre>
 * big-endian
 *   uint8   version = 1
 *   int32   partition
 *   int64   offset
 *   int64   timestamp, ms since the epoch
 *   int32   bytes of the topic | topic, UTF-8
 *   int32   bytes of the key, -1 for none | key
 * </pre>
 */
final class Origin {
  static final String HEADER = "hyperflow-origin";
  private static final byte VERSION = 1;
  private static final int NONE = -1;

  private Origin() {}

  /** The headers with the origin of their record among them; a copy. */
  static Headers with(Headers headers, SourceRecord source) {
    byte[] topic = source.topic().getBytes(StandardCharsets.UTF_8);
    byte[] key = source.key();
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Byte.BYTES
                + 3 * Integer.BYTES
                + 2 * Long.BYTES
                + topic.length
                + (key == null ? 0 : key.length));
    bytes.put(VERSION).putInt(source.partition()).putLong(source.offset());
    bytes.putLong(source.timestampMillis());
    bytes.putInt(topic.length).put(topic);
    if (key == null) {
      bytes.putInt(NONE);
    } else {
      bytes.putInt(key.length).put(key);
    }
    return new RecordHeaders(headers).add(HEADER, bytes.array());
  }

  /**
   * The record as it was read from its own topic.
   *
   * @param value of the record in the repartition topic
   * @throws IllegalStateException when the header is missing or of another version: nobody else
   *     writes to that topic
   */
  static SourceRecord read(Headers headers, byte[] value) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null || header.value()[0] != VERSION) {
      throw new IllegalStateException(
          "repartition: expected the header %s of version %d, found %s"
              .formatted(HEADER, VERSION, header == null ? "none" : "another one"));
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.value());
    bytes.get();
    int partition = bytes.getInt();
    long offset = bytes.getLong();
    long timestampMillis = bytes.getLong();
    String topic = new String(next(bytes), StandardCharsets.UTF_8);
    return new SourceRecord(topic, partition, offset, timestampMillis, next(bytes), value);
  }

  private static byte[] next(ByteBuffer bytes) {
    int length = bytes.getInt();
    if (length == NONE) {
      return null;
    }
    byte[] next = new byte[length];
    bytes.get(next);
    return next;
  }

  /** The headers that the record had in its own topic; a copy. */
  static Headers without(Headers headers) {
    RecordHeaders own = new RecordHeaders(headers);
    own.remove(HEADER);
    return own;
  }
}
