package dev.hyperflow.topology.internal.emit;

import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How large the records of topics may be, bytes of key, value, headers and framing. Immutable.
 *
 * @param byTopic what is known of topics
 * @param otherwise what is taken for granted of others
 */
public record RecordLimits(Map<String, Integer> byTopic, int otherwise) {
  /** What a producer sends unless told otherwise; a topic takes slightly more by default. */
  public static final RecordLimits USUAL = all(1 << 20);

  /**
   * What may come to a record of ours at most: the frame of its batch, coordinates and ids of fixed
   * length, names of topics and bundles, and the headers of a trace.
   */
  public static final int FRAME = 2 * 1024;

  private static final int MAX_UTF8_BYTES = 3; // of a char

  public RecordLimits {
    byTopic = Map.copyOf(byTopic);
  }

  /** One limit for all topics. */
  public static RecordLimits all(int bytes) {
    return new RecordLimits(Map.of(), bytes);
  }

  /** The limit of a topic, bytes. */
  public int of(String topic) {
    return byTopic.getOrDefault(topic, otherwise);
  }

  /** The largest limit, bytes. */
  public int largest() {
    return byTopic.values().stream().mapToInt(Integer::intValue).reduce(otherwise, Math::max);
  }

  /** The bytes that headers take at most. */
  static long bytes(Headers headers) {
    long bytes = 0;
    for (Header header : headers) {
      bytes +=
          (long) MAX_UTF8_BYTES * header.key().length()
              + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }

  /** The bytes that a text of so many characters takes at most. */
  public static long utf8(long characters) {
    return MAX_UTF8_BYTES * characters;
  }
}
