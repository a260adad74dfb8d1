package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.events.DeadLetter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * What was sent, and what came back of each: a header numbers every record, and outputs carry the
 * headers of their record. For use by one thread.
 */
final class FuzzLedger {

  static final String HEADER = "fuzz-number";

  private final List<HostileRecords.Hostile> sent = new ArrayList<>();
  private final List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
  private final List<RecordMetadata> places = new ArrayList<>();
  private final Set<Integer> answered = new HashSet<>();
  private final Set<Integer> refused = new HashSet<>();
  private final Set<Coordinates> coordinates = new HashSet<>();
  private final TreeMap<String, Integer> reasons = new TreeMap<>();

  /** The number of the record that is sent next. */
  byte[] nextNumber() {
    return ByteBuffer.allocate(Integer.BYTES).putInt(sent.size()).array();
  }

  void sent(HostileRecords.Hostile record, Future<RecordMetadata> place) {
    sent.add(record);
    acknowledged.add(place);
  }

  /** Waits until the broker has all that was sent. */
  void awaitSent() throws ExecutionException, InterruptedException {
    for (Future<RecordMetadata> one : acknowledged) {
      places.add(one.get());
    }
  }

  /** Takes a prediction. */
  void answer(ConsumerRecord<byte[], byte[]> prediction) {
    int number = number(prediction.headers());
    HostileRecords.Hostile record = sent.get(number);
    assertThat(answered.add(number)).as("first answer of record %d", number).isTrue();
    assertThat(record.stream()).as("stream of record %d", number).isEqualTo(StreamKind.QUERIES);
    assertThat(record.reason()).as("answer of record %d", number).isEmpty();
    assertThat(prediction.key()).isEqualTo(record.key());
  }

  /** Takes a dead letter. */
  void refusal(ConsumerRecord<byte[], byte[]> from, DeadLetter letter) {
    int number = number(from.headers());
    HostileRecords.Hostile record = sent.get(number);
    RecordMetadata place = places.get(number);
    Coordinates at =
        new Coordinates(
            letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset());
    assertThat(refused.add(number)).as("first refusal of record %d", number).isTrue();
    assertThat(coordinates.add(at)).as("first refusal of %s", at).isTrue();
    assertThat(at)
        .as("coordinates of record %d", number)
        .isEqualTo(new Coordinates(place.topic(), place.partition(), place.offset()));
    record.reason().ifPresent(reason -> assertThat(letter.getReason()).isEqualTo(reason));
    if (!letter.getTruncated()) {
      assertThat(bytes(letter.getKey())).isEqualTo(record.key());
      assertThat(bytes(letter.getValue())).isEqualTo(record.value());
    }
    reasons.merge(letter.getReason(), 1, Integer::sum);
  }

  /** Every query was answered or refused, not both; every other record refused at most. */
  void requireComplete() {
    int accepted = 0;
    for (int number = 0; number < sent.size(); number++) {
      HostileRecords.Hostile record = sent.get(number);
      boolean wasAnswered = answered.contains(number);
      boolean wasRefused = refused.contains(number);
      if (record.stream() == StreamKind.QUERIES || record.reason().isPresent()) {
        assertThat(wasAnswered ^ wasRefused)
            .as("record %d, %s: answered %s, refused %s", number, record, wasAnswered, wasRefused)
            .isTrue();
      }
      if (!wasAnswered && !wasRefused) {
        accepted++;
      }
    }
    assertThat(answered.size() + refused.size() + accepted).isEqualTo(sent.size());
    assertThat(accepted).as("support events that were accepted").isPositive();
    assertThat(answered).as("queries that were answered").isNotEmpty();
  }

  String summary() {
    return "%d records: %d answered, %d refused %s, %d accepted"
        .formatted(
            sent.size(),
            answered.size(),
            refused.size(),
            reasons,
            sent.size() - answered.size() - refused.size());
  }

  private static int number(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    assertThat(header).as("the number of the record behind an output").isNotNull();
    return ByteBuffer.wrap(header.value()).getInt();
  }

  private static byte[] bytes(ByteBuffer buffer) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
