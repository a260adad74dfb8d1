package dev.hyperflow.benchmarks.load;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** How large the values of a changelog are. */
public final class ChangelogSize {
  private static final Duration POLL = Duration.ofMillis(100);

  private ChangelogSize() {}

  /**
   * The mean size of the committed values, bytes.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static double mean(String bootstrapServers, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        Committed.consumer(bootstrapServers, topic, Map.of())) {
      consumer.seekToBeginning(consumer.assignment());
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long bytes = 0;
      long values = 0;
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          bytes += record.value() == null ? 0 : record.value().length;
          values += record.value() == null ? 0 : 1;
        }
      }
      if (values == 0) {
        throw new IllegalArgumentException(
            "topic %s: expected a value, found none".formatted(topic));
      }
      return (double) bytes / values;
    }
  }
}
