package dev.hyperflow.benchmarks.load;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records that are seen at once. For use by one thread. */
public final class DirectProducer implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Exception> failure = new AtomicReference<>();

  /**
   * A producer.
   *
   * @param lingerMillis how long a record may wait for others to go with it, milliseconds
   */
  public DirectProducer(String bootstrapServers, int lingerMillis) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.BATCH_SIZE_CONFIG,
                128 * 1024,
                ProducerConfig.LINGER_MS_CONFIG,
                lingerMillis),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Sends a record. {@link #flush} says whether the broker took it. */
  public void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        producer.send(
            record,
            (metadata, thrown) -> {
              if (thrown != null) {
                failure.compareAndSet(null, thrown);
              }
            });
  }

  /**
   * Waits until the broker has everything.
   *
   * @throws IllegalStateException when it does not take a record
   */
  public void flush() {
    producer.flush();
    if (failure.get() != null) {
      throw new IllegalStateException("the broker did not take every record", failure.get());
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
