package dev.hyperflow.server.letters;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.ToolClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/** Reads committed records to the end that topics have when it begins. For one thread. */
final class TopicScan {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ToolClients clients;

  TopicScan(ToolClients clients) {
    this.clients = clients;
  }

  /**
   * Reads a topic from a time on.
   *
   * @throws StartupException when brokers do not answer or the topic is not there
   */
  void from(String topic, long sinceMillis, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.reader()) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos == null || infos.isEmpty()) {
        throw new StartupException(
            "topic '%s': expected it on the brokers, found none; see topics.* in the configuration"
                .formatted(topic),
            null);
      }
      List<TopicPartition> partitions = new ArrayList<>();
      infos.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      read(consumer, starts(consumer, partitions, sinceMillis), records);
    } catch (KafkaException e) {
      throw clients.noAnswer(e);
    }
  }

  /**
   * Reads partitions from offsets on, or from the first record that is still there; nothing of
   * those that do not exist.
   */
  void from(Map<TopicPartition, Long> offsets, Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try (KafkaConsumer<byte[], byte[]> consumer = clients.reader()) {
      Map<TopicPartition, Long> starts = new HashMap<>(offsets);
      offsets.keySet().stream()
          .map(TopicPartition::topic)
          .distinct()
          .forEach(topic -> keepExisting(consumer, topic, starts));
      if (!starts.isEmpty()) {
        read(consumer, starts, records);
      }
    } catch (KafkaException e) {
      throw clients.noAnswer(e);
    }
  }

  private static void keepExisting(
      KafkaConsumer<?, ?> consumer, String topic, Map<TopicPartition, Long> starts) {
    List<PartitionInfo> infos = consumer.partitionsFor(topic);
    Set<Integer> existing =
        infos == null
            ? Set.of()
            : infos.stream().map(PartitionInfo::partition).collect(Collectors.toSet());
    starts.keySet().removeIf(at -> at.topic().equals(topic) && !existing.contains(at.partition()));
  }

  private static Map<TopicPartition, Long> starts(
      KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions, long sinceMillis) {
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(partitions));
    if (sinceMillis > 0) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, sinceMillis));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> at :
          consumer.offsetsForTimes(times).entrySet()) {
        starts.put(
            at.getKey(), at.getValue() == null ? ends.get(at.getKey()) : at.getValue().offset());
      }
    }
    return starts;
  }

  private static void read(
      KafkaConsumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> starts,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(starts.keySet());
    consumer.assign(starts.keySet());
    starts.forEach((at, offset) -> consumer.seek(at, Math.max(offset, begins.get(at))));
    Timer timer = Time.SYSTEM.timer(PATIENCE);
    while (!ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        records.accept(record);
        timer.reset(PATIENCE.toMillis());
      }
      timer.update();
      if (timer.isExpired()) {
        throw new KafkaException(
            "no record for %d s before the end".formatted(PATIENCE.toSeconds()));
      }
    }
  }
}
