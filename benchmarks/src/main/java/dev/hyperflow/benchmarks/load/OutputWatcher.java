package dev.hyperflow.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * Counts the outputs of an application as a customer sees them: committed records only.
 *
 * <p>It lives in the process of the bench and asks for large pieces, so that looking costs the
 * measured application little. For use by one thread.
 */
public final class OutputWatcher implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private ConsumerRecord<byte[], byte[]> last;

  /** Watches a topic from its beginning. */
  public OutputWatcher(String bootstrapServers, String topic) {
    this.topic = topic;
    consumer =
        Committed.consumer(
            bootstrapServers,
            topic,
            Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                10_000,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
                256 * 1024,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                10));
    consumer.seekToBeginning(consumer.assignment());
  }

  /**
   * Waits for this many further outputs.
   *
   * @param check called now and then; throws when waiting makes no sense any more
   * @return {@link System#nanoTime} when the last one was seen
   * @throws IllegalStateException when none comes for a minute, or more come than expected
   */
  public long await(int expected, Runnable check) {
    int seen = 0;
    long progress = System.nanoTime();
    while (seen < expected) {
      int found = poll();
      seen += found;
      long now = System.nanoTime();
      if (found > 0) {
        progress = now;
        continue;
      }
      check.run();
      if (now - progress > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "topic %s: expected %,d outputs, found %,d and no more for %d s"
                .formatted(topic, expected, seen, PATIENCE.toSeconds()));
      }
    }
    long end = System.nanoTime();
    seen += poll();
    if (seen > expected) {
      throw new IllegalStateException(
          "topic %s: expected %,d outputs, found %,d".formatted(topic, expected, seen));
    }
    return end;
  }

  /** The output seen last. */
  public Optional<ConsumerRecord<byte[], byte[]>> last() {
    return Optional.ofNullable(last);
  }

  private int poll() {
    int found = 0;
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      last = record;
      found++;
    }
    return found;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
