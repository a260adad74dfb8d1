package dev.hyperflow.topology.internal.emit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.engine.RefusedException;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.DeadLetterStage;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes dead letters. Beside the Avro record, the headers that Kafka Streams' own dead letter
 * support writes (KIP-1034, {@code __streams.errors.…}) say where the record came from and what is
 * wrong. A refusal is no exception, so {@link RefusedException} stands for it, and its stack trace
 * is one line without frames.
 *
 * <p>A dead letter fits its topic, however large its record was: key and value are cut, which the
 * letter says; the whole record is at the coordinates it names. Immutable.
 */
public final class DeadLetters {
  /** The smallest limit of a topic that dead letters fit, bytes. */
  public static final int MIN_BYTES = 8 * 1024;

  private static final int MAX_KEY_BYTES = 64 * 1024;
  private static final int MAX_MESSAGE_CHARACTERS = 4 * 1024;
  private static final int MIN_MESSAGE_CHARACTERS = 256;

  private final int limit;
  private final int maxKeyBytes;
  private final int maxMessageCharacters;

  /**
   * Dead letters of a size.
   *
   * @param limit how large their records may be, bytes, at least {@link #MIN_BYTES}
   */
  public DeadLetters(int limit) {
    this.limit = limit;
    this.maxKeyBytes = Math.min(MAX_KEY_BYTES, limit / 16);
    this.maxMessageCharacters =
        Math.max(MIN_MESSAGE_CHARACTERS, Math.min(MAX_MESSAGE_CHARACTERS, limit / 256));
  }

  /**
   * The dead letter of a refused record.
   *
   * @param record the record, for its timestamp and headers
   * @param source its raw bytes and coordinates
   */
  public Record<byte[], Object> record(
      Record<byte[], ?> record, SourceRecord source, Rejection rejection) {
    boolean keyFits = fits(source.key(), maxKeyBytes);
    byte[] tenant = fits(source.tenantKey(), maxKeyBytes) ? source.tenantKey() : null;
    String message = shortened(rejection.message());
    Headers headers = headers(record.headers(), source, rejection, message);
    int maxValueBytes = roomForValue(source.key(), headers);
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setKey(cut(source.key(), maxKeyBytes))
            .setValue(cut(source.value(), maxValueBytes))
            .setTruncated(!keyFits || !fits(source.value(), maxValueBytes))
            .setSourceTopic(source.topic())
            .setSourcePartition(source.partition())
            .setSourceOffset(source.offset())
            .setSourceTimestampEpochMillis(source.timestampMillis())
            .setStage(DeadLetterStage.valueOf(rejection.stage().name()))
            .setReason(rejection.reason().name())
            .setMessage(message)
            .setTenant(TenantKeys.decode(tenant).orElse(null))
            .build();
    return new Record<>(tenant, letter, record.timestamp(), headers);
  }

  /** The key may stand there three times, the message a second time. */
  private int roomForValue(byte[] key, Headers headers) {
    long others =
        RecordLimits.FRAME
            + RecordLimits.bytes(headers)
            + RecordLimits.utf8(maxMessageCharacters)
            + 3L * (key == null ? 0 : Math.min(key.length, maxKeyBytes));
    return (int) Math.max(0, limit - others);
  }

  private Headers headers(
      Headers original, SourceRecord source, Rejection rejection, String message) {
    String exception = RefusedException.class.getName();
    String trace = exception + ": " + rejection.stage() + "/" + rejection.reason();
    return RecordHeadersCopy.of(original, limit / 16)
        .add("__streams.errors.exception", exception.getBytes(UTF_8))
        .add("__streams.errors.stacktrace", trace.getBytes(UTF_8))
        .add("__streams.errors.topic", source.topic().getBytes(UTF_8))
        .add("__streams.errors.partition", Integer.toString(source.partition()).getBytes(UTF_8))
        .add("__streams.errors.offset", Long.toString(source.offset()).getBytes(UTF_8))
        .add("__streams.errors.message", message.getBytes(UTF_8));
  }

  private static boolean fits(byte[] bytes, int most) {
    return bytes == null || bytes.length <= most;
  }

  private static ByteBuffer cut(byte[] bytes, int most) {
    return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, most)).slice();
  }

  private String shortened(String message) {
    return message.length() <= maxMessageCharacters
        ? message
        : message.substring(0, maxMessageCharacters) + "…";
  }
}
