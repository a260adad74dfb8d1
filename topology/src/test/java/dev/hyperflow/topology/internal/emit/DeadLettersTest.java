package dev.hyperflow.topology.internal.emit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.DeadLetterStage;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.errors.internals.ExceptionHandlerUtils;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {
  private static final int MAX_KEY_BYTES = 64 * 1024;
  private static final int MAX_MESSAGE = 4 * 1024;
  private static final int RECORD_LIMIT = 1 << 20;
  private static final byte[] KEY = "acme".getBytes(UTF_8);
  private static final byte[] VALUE = {1, 2, 3};
  private static final Rejection REJECTION =
      new Rejection(Stage.VALIDATE, Reason.EMPTY_TEXT, "text: expected some, found none");

  @Test
  void shouldQuoteTheRecordAndItsPlace() {
    Record<byte[], Object> record = record(KEY, VALUE, REJECTION);

    assertThat(record.key()).isEqualTo(KEY);
    assertThat(record.timestamp()).isEqualTo(41);
    assertThat(record.value())
        .isEqualTo(
            DeadLetter.newBuilder()
                .setKey(ByteBuffer.wrap(KEY))
                .setValue(ByteBuffer.wrap(VALUE))
                .setTruncated(false)
                .setSourceTopic("queries")
                .setSourcePartition(3)
                .setSourceOffset(99)
                .setSourceTimestampEpochMillis(42)
                .setStage(DeadLetterStage.VALIDATE)
                .setReason("EMPTY_TEXT")
                .setMessage("text: expected some, found none")
                .setTenant("acme")
                .build());
  }

  @Test
  void shouldWriteTheHeadersThatKafkaStreamsWrites() {
    Headers headers = record(KEY, VALUE, REJECTION).headers();

    assertThat(text(headers, "__streams.errors.topic")).isEqualTo("queries");
    assertThat(text(headers, "__streams.errors.partition")).isEqualTo("3");
    assertThat(text(headers, "__streams.errors.offset")).isEqualTo("99");
    assertThat(text(headers, "__streams.errors.message"))
        .isEqualTo("text: expected some, found none");
    assertThat(text(headers, "__streams.errors.exception"))
        .isEqualTo("dev.hyperflow.engine.RefusedException");
    assertThat(text(headers, "__streams.errors.stacktrace"))
        .isEqualTo("dev.hyperflow.engine.RefusedException: VALIDATE/EMPTY_TEXT");
    assertThat(text(headers, "trace")).isEqualTo("abc");
  }

  /** Fails when an upgrade of Kafka adds a header, or renames one (KIP-1034). */
  @Test
  void shouldWriteEveryHeaderOfKafkaStreamsOwnDeadLetters() {
    Headers theirs =
        ExceptionHandlerUtils.buildDeadLetterQueueRecord(
                "dead-letters",
                KEY,
                VALUE,
                new DefaultErrorHandlerContext(
                    null, "queries", 3, 99, new RecordHeaders(), "node", null, 41, KEY, VALUE),
                new IllegalArgumentException("text: expected some, found none"))
            .headers();
    Headers ours = record(KEY, VALUE, REJECTION).headers();

    assertThat(theirs.toArray()).extracting(Header::key).hasSizeGreaterThanOrEqualTo(6);
    assertThat(theirs)
        .allSatisfy(header -> assertThat(ours.lastHeader(header.key())).isNotNull())
        .filteredOn(header -> !header.key().matches(".*(exception|stacktrace)"))
        .allSatisfy(
            header -> assertThat(text(ours, header.key())).isEqualTo(text(theirs, header.key())));
  }

  @Test
  void shouldQuoteATombstoneWithoutAKey() {
    Record<byte[], Object> record = record(null, null, REJECTION);
    DeadLetter letter = (DeadLetter) record.value();

    assertThat(record.key()).isNull();
    assertThat(letter.getKey()).isNull();
    assertThat(letter.getValue()).isNull();
    assertThat(letter.getTenant()).isNull();
    assertThat(letter.getTruncated()).isFalse();
  }

  @Test
  void shouldKeepAKeyThatIsNoTenant() {
    byte[] key = {(byte) 0xFF};
    Record<byte[], Object> record = record(key, VALUE, REJECTION);
    DeadLetter letter = (DeadLetter) record.value();

    assertThat(record.key()).isEqualTo(key);
    assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
    assertThat(letter.getTenant()).isNull();
  }

  @Test
  void shouldKeepALargeValueWhole() {
    DeadLetter letter = (DeadLetter) record(KEY, filled(900 * 1024), REJECTION).value();

    assertThat(letter.getTruncated()).isFalse();
    assertThat(letter.getValue().remaining()).isEqualTo(900 * 1024);
  }

  @Test
  void shouldCutALongValueAndSaySo() {
    byte[] value = filled(RECORD_LIMIT);
    value[0] = 7;
    Record<byte[], Object> record = record(KEY, value, REJECTION);
    DeadLetter letter = (DeadLetter) record.value();

    assertThat(letter.getTruncated()).isTrue();
    assertThat(letter.getValue())
        .isEqualTo(ByteBuffer.wrap(value, 0, letter.getValue().remaining()));
    assertThat(letter.getValue().remaining()).isGreaterThan(1000 * 1024);
    assertThat(letter.getTenant()).isEqualTo("acme");
    assertThat(record.key()).isEqualTo(KEY);
  }

  @Test
  void shouldCutALongKeyAndNotUseItAsAKey() {
    assertThat(record(filled(MAX_KEY_BYTES), VALUE, REJECTION).key()).hasSize(MAX_KEY_BYTES);

    Record<byte[], Object> record = record(filled(MAX_KEY_BYTES + 1), VALUE, REJECTION);
    DeadLetter letter = (DeadLetter) record.value();

    assertThat(letter.getTruncated()).isTrue();
    assertThat(letter.getKey().remaining()).isEqualTo(MAX_KEY_BYTES);
    assertThat(letter.getTenant()).isNull();
    assertThat(record.key()).isNull();
  }

  @Test
  void shouldShortenALongMessageInLetterAndHeader() {
    Rejection tooLong =
        new Rejection(Stage.DECODE, Reason.UNDECODABLE, "x".repeat(MAX_MESSAGE + 1));
    Record<byte[], Object> record = record(KEY, VALUE, tooLong);
    String expected = "x".repeat(MAX_MESSAGE) + "…";

    assertThat(((DeadLetter) record.value()).getMessage()).isEqualTo(expected);
    assertThat(text(record.headers(), "__streams.errors.message")).isEqualTo(expected);
    Rejection fits = new Rejection(Stage.DECODE, Reason.UNDECODABLE, "x".repeat(MAX_MESSAGE));
    assertThat(((DeadLetter) record(KEY, VALUE, fits).value()).getMessage())
        .isEqualTo(fits.message());
  }

  @ParameterizedTest
  @ValueSource(ints = {DeadLetters.MIN_BYTES, 10_000, 65_536, 262_144, RECORD_LIMIT, 5 << 20})
  void shouldFitItsTopicWhateverIsRefused(int limit) {
    byte[] large = filled(8 << 20);
    for (byte[] key : List.of(KEY, large, filled(limit / 16), filled(limit / 17))) {
      for (int headerBytes : List.of(0, limit / 17, limit)) {
        Record<byte[], Object> record =
            new DeadLetters(limit)
                .record(
                    new Record<>(
                        key, null, 41, new RecordHeaders().add("own", new byte[headerBytes])),
                    new SourceRecord("t".repeat(249), 1 << 30, 1L << 60, 1L << 60, key, large),
                    new Rejection(Stage.DECODE, Reason.UNDECODABLE, "é".repeat(1 << 20)));

        int size = size(record);
        assertThat(size).isLessThanOrEqualTo(limit);
        assertThat(((DeadLetter) record.value()).getTruncated()).isTrue();
        assertThat(record.headers().lastHeader("own") == null)
            .isEqualTo(headerBytes > limit / 16 || headerBytes > MAX_KEY_BYTES);
      }
    }
  }

  /** The bytes of a batch of this record, as brokers and producers count them. */
  private static int size(Record<byte[], Object> record) {
    try (SpecificAvroSerde<DeadLetter> serde = new SpecificAvroSerde<>()) {
      serde.configure(Map.of("schema.registry.url", "mock://letters"), false);
      byte[] value = serde.serializer().serialize("letters", (DeadLetter) record.value());
      return DefaultRecordBatch.sizeInBytes(
          List.of(
              new SimpleRecord(
                  record.timestamp(), record.key(), value, record.headers().toArray())));
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldHaveAnAvroStageForEveryStage(Stage stage) {
    Rejection rejection = new Rejection(stage, Reason.EMPTY_TEXT, "m");

    assertThat(((DeadLetter) record(KEY, VALUE, rejection).value()).getStage().name())
        .isEqualTo(stage.name());
  }

  private static Record<byte[], Object> record(byte[] key, byte[] value, Rejection rejection) {
    return new DeadLetters(RECORD_LIMIT)
        .record(
            new Record<>(key, value, 41, new RecordHeaders().add("trace", "abc".getBytes(UTF_8))),
            new SourceRecord("queries", 3, 99, 42, key, value),
            rejection);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'k');
    return bytes;
  }

  private static String text(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), UTF_8);
  }
}
