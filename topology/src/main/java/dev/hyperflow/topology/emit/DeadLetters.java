package dev.hyperflow.topology.emit;

import dev.hyperflow.engine.event.Rejection;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.DeadLetterStage;
import dev.hyperflow.topology.decode.SourceRecord;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes dead letters. Beside the Avro record, the headers that Kafka Streams' own dead letter
 * support writes ({@code __streams.errors.…}) say where the record came from and what is wrong.
 */
public final class DeadLetters {
  private DeadLetters() {}

  /**
   * The dead letter of a refused record.
   *
   * @param record the record, for its key, timestamp and headers
   * @param source its raw bytes and coordinates
   */
  public static Record<byte[], Object> record(
      Record<byte[], ?> record, SourceRecord source, Rejection rejection) {
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setKey(wrap(source.key()))
            .setValue(wrap(source.value()))
            .setSourceTopic(source.topic())
            .setSourcePartition(source.partition())
            .setSourceOffset(source.offset())
            .setSourceTimestampEpochMillis(source.timestampMillis())
            .setStage(DeadLetterStage.valueOf(rejection.stage().name()))
            .setReason(rejection.reason().name())
            .setMessage(rejection.message())
            .setTenant(tenant(source.key()))
            .build();
    return new Record<>(
        record.key(), letter, record.timestamp(), headers(record.headers(), source, rejection));
  }

  private static Headers headers(Headers original, SourceRecord source, Rejection rejection) {
    return new RecordHeaders(original)
        .add("__streams.errors.topic", utf8(source.topic()))
        .add("__streams.errors.partition", utf8(Integer.toString(source.partition())))
        .add("__streams.errors.offset", utf8(Long.toString(source.offset())))
        .add("__streams.errors.message", utf8(rejection.message()));
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static String tenant(byte[] key) {
    if (key == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
