package dev.hyperflow.benchmarks.load;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes records that nobody sees before they are released, all at once: they are one transaction,
 * and the applications read committed records only. So an application that runs already, warm, is
 * given its whole work at a known moment, and no producer competes with it while it works.
 *
 * <p>For use by one thread.
 */
public final class Backlog implements AutoCloseable {
  private static final int MINUTES_TO_PREPARE = 10;

  private final KafkaProducer<byte[], byte[]> producer;

  public Backlog(String bootstrapServers, String transactionalId) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                MINUTES_TO_PREPARE * 60_000,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L << 20,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  /** Writes records, which stay unseen until {@link #release}. */
  public void prepare(int count, IntFunction<ProducerRecord<byte[], byte[]>> record) {
    producer.beginTransaction();
    for (int i = 0; i < count; i++) {
      Future<RecordMetadata> unused = producer.send(record.apply(i)); // a failure fails the commit
    }
    producer.flush();
  }

  /**
   * Lets everything prepared be seen.
   *
   * @return {@link System#nanoTime} just before
   */
  public long release() {
    long before = System.nanoTime();
    producer.commitTransaction();
    return before;
  }

  @Override
  public void close() {
    producer.close();
  }
}
