package dev.hyperflow.benchmarks.load;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The broker as an administrator sees it. For use by one thread. */
public final class Cluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final String SEGMENT_BYTES = Integer.toString(64 << 20);

  private final Admin admin;

  public Cluster(String bootstrapServers) {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  /** Makes topics that are not there yet. */
  public void create(List<String> topics) {
    await(
        admin
            .createTopics(
                topics.stream()
                    .map(
                        topic ->
                            new NewTopic(topic, RecordMaker.PARTITIONS, (short) 1)
                                .configs(Map.of("segment.bytes", SEGMENT_BYTES)))
                    .toList())
            .all());
  }

  /** How many records, transaction markers included, a topic holds. */
  public long size(String topic) {
    return ends(topic).values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Waits until a group has committed everything that a topic holds now. The topic must not end
   * with a transaction: its marker is an offset, but nothing that could be consumed.
   *
   * @param check called now and then; throws when waiting makes no sense any more
   * @throws IllegalStateException when the group makes no progress for a minute
   */
  public void awaitConsumed(String group, String topic, Runnable check) {
    Map<TopicPartition, Long> ends = ends(topic);
    long best = -1;
    long progress = System.nanoTime();
    while (true) {
      Map<TopicPartition, Long> done = committed(group, ends);
      if (done.equals(ends)) {
        return;
      }
      long sum = done.values().stream().mapToLong(Long::longValue).sum();
      long now = System.nanoTime();
      if (sum > best) {
        best = sum;
        progress = now;
      } else if (now - progress > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "group %s: expected %s to be consumed, found %s".formatted(group, ends, done));
      }
      check.run();
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos()); // asking costs the broker
    }
  }

  private Map<TopicPartition, Long> committed(String group, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> done = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata offset = offsets.get(partition);
          done.put(partition, offset == null ? 0 : Math.min(end, offset.offset()));
        });
    return done;
  }

  private Map<TopicPartition, Long> ends(String topic) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    Committed.partitions(topic).forEach(p -> wanted.put(p, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found = await(admin.listOffsets(wanted).all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    found.forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the broker", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the broker gave no answer: " + e, e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
