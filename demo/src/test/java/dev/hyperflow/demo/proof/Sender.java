package dev.hyperflow.demo.proof;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.topology.internal.config.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends pieces, each exactly once and in order whatever happens to the broker, and keeps account of
 * what must come of them. Thread-safe.
 */
final class Sender implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final Topics topics;
  private final Faults faults;
  private final List<String> queries = new ArrayList<>();
  private final Set<Coordinates> broken = new HashSet<>();
  private final List<Sending> sendings = new ArrayList<>();
  private int sent;

  private record Sending(Piece piece, Future<RecordMetadata> acknowledged) {}

  Sender(String bootstrapServers, Topics topics, Faults faults) {
    this.topics = topics;
    this.faults = faults;
    this.producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "enable.idempotence",
                "true",
                "reconnect.backoff.max.ms",
                "200",
                "linger.ms",
                "5"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends a piece; whether that has worked is known after {@link #flush()}. */
  synchronized void send(Piece piece) {
    sent++;
    piece.queryId().ifPresent(id -> asked(id, piece.key()));
    String topic = piece.stream() == StreamKind.SUPPORT ? topics.support() : topics.queries();
    sendings.add(new Sending(piece, producer.send(record(topic, piece))));
  }

  private void asked(String queryId, byte[] key) {
    queries.add(queryId);
    faults.sent(queryId, BuiltInPartitioner.partitionForKey(key, Platform.PARTITIONS));
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, Piece piece) {
    return new ProducerRecord<>(topic, piece.key(), piece.value());
  }

  /** Waits until the broker has all that was sent. */
  synchronized void flush() throws ExecutionException, InterruptedException {
    producer.flush();
    for (Sending sending : sendings) {
      RecordMetadata at = sending.acknowledged.get();
      if (sending.piece.broken()) {
        broken.add(new Coordinates(at.topic(), at.partition(), at.offset()));
      }
    }
    sendings.clear();
  }

  /** How many pieces were sent. */
  synchronized int sent() {
    return sent;
  }

  /** The queries that must be answered. */
  synchronized List<String> queries() {
    return List.copyOf(queries);
  }

  /** Where the records are that must go to the dead letters; complete after {@link #flush()}. */
  synchronized Set<Coordinates> broken() {
    return Set.copyOf(broken);
  }

  @Override
  public void close() {
    producer.close();
  }
}
