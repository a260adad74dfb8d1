package dev.hyperflow.demo;

import dev.hyperflow.demo.ledger.Answer;
import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.emit.Predictions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads predictions and dead letters, as any downstream service would, and enters them in the
 * ledger.
 *
 * <p>Owns one thread, {@code demo-observer}, from {@link #start} to {@link #close}. It reads the
 * topics from their beginning, so an answer given before a restart counts, too. Outputs carry the
 * headers of their input: what is not from a step of the scenario is somebody else's and no concern
 * of the ledger.
 */
final class AnswerObserver implements AutoCloseable {

  private final TopicReader reader;
  private final Topics topics;
  private final Deserializer<SpecificRecord> deserializer;
  private final PredictionLedger ledger;
  private final LongSupplier millis;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::observe, "demo-observer");

  AnswerObserver(
      String bootstrapServers,
      Topics topics,
      Deserializer<SpecificRecord> deserializer,
      PredictionLedger ledger,
      LongSupplier millis) {
    this.reader =
        new TopicReader(bootstrapServers, List.of(topics.predictions(), topics.deadLetters()));
    this.topics = topics;
    this.deserializer = deserializer;
    this.ledger = ledger;
    this.millis = millis;
  }

  void start() {
    thread.start();
  }

  /** Why it stopped reading by itself, if it did. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure.get());
  }

  /** Stops after having read everything that is committed now. */
  void stop() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void observe() {
    try (reader) {
      while (stopping.getCount() > 0) {
        reader.poll(this::enter);
      }
      reader.readToEnd(this::enter);
    } catch (RuntimeException | Error e) {
      failure.set(e);
    }
  }

  private void enter(ConsumerRecord<byte[], byte[]> record) {
    if (StepRecords.indexOf(record.headers()).isEmpty()) {
      return;
    }
    SpecificRecord value = deserializer.deserialize(record.topic(), record.value());
    if (record.topic().equals(topics.predictions())) {
      ledger.answered(answer((Prediction) value, record), millis.getAsLong());
    } else {
      DeadLetter letter = (DeadLetter) value;
      ledger.deadLettered(
          new Coordinates(
              letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset()),
          letter.getReason());
    }
  }

  private static Answer answer(Prediction prediction, ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(Predictions.SUPPORT_EVENTS_HEADER);
    if (header == null) {
      throw new IllegalStateException(
          "expected header %s in %s-%d@%d, found none"
              .formatted(
                  Predictions.SUPPORT_EVENTS_HEADER,
                  record.topic(),
                  record.partition(),
                  record.offset()));
    }
    return new Answer(
        prediction.getQueryId(),
        orNone(prediction.getLabel()),
        orNone(prediction.getInitialLabel()),
        prediction.getStatus() == PredictionStatus.NONE_OF_THESE,
        ByteBuffer.wrap(header.value()).getLong());
  }

  private static String orNone(String label) {
    return label == null ? Answer.NONE : label;
  }
}
