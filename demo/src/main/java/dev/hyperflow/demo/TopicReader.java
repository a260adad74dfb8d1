package dev.hyperflow.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all partitions of some topics from their beginning, committed records only, belonging to no
 * group. For use by one thread, which also closes it.
 */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions = new ArrayList<>();

  /**
   * A reader of these topics.
   *
   * @throws IllegalStateException when one of them does not exist
   */
  public TopicReader(String bootstrapServers, Collection<String> topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                50),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    boolean ready = false;
    try {
      topics.forEach(this::find);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      ready = true;
    } finally {
      if (!ready) {
        consumer.close();
      }
    }
  }

  private void find(String topic) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    if (found == null || found.isEmpty()) {
      throw new IllegalStateException("expected partitions of topic " + topic + ", found none");
    }
    found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
  }

  /** Hands over what has arrived; waits for it a tenth of a second at most. */
  void poll(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    consumer.poll(POLL).forEach(handler);
  }

  /**
   * Hands over everything that was there when this method was called.
   *
   * @throws IllegalStateException when nothing more comes, long before the end
   */
  public void readToEnd(Consumer<ConsumerRecord<byte[], byte[]>> handler) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long[] quietSince = {System.nanoTime()};
    while (!isAt(ends)) {
      poll(
          record -> {
            quietSince[0] = System.nanoTime();
            handler.accept(record);
          });
      if (System.nanoTime() - quietSince[0] > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the broker gave no record of " + partitions + " for " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  private boolean isAt(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
