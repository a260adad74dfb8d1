package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.decode.SupportDecoder;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/**
 * Reads a support topic from its first record to the end it has now, decoded as the application
 * decodes it, with the application's settings for brokers, registry and serde. In no consumer
 * group; sees committed records only.
 */
public final class SupportHistory {
  private static final Duration POLL = Duration.ofMillis(200);

  private final ApplicationConfig config;
  private final String topic;
  private final Duration patience;

  /**
   * A reader.
   *
   * @param topic a topic of support events
   * @param patience maximum time without a record
   */
  public SupportHistory(ApplicationConfig config, String topic, Duration patience) {
    this.config = config;
    this.topic = topic;
    this.patience = patience;
  }

  /**
   * Hands over all events, those of one tenant in their order.
   *
   * @return number of records that were refused, as the application would refuse them
   * @throws StartupException when topic or brokers cannot be read
   */
  public long read(Consumer<Event> events) {
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(config.topicReader("history"), raw, raw);
        SupportDecoder decoder = new SupportDecoder(config.valueSerdes().deserializer())) {
      return read(consumer, decoder, events);
    } catch (KafkaException | IllegalArgumentException e) {
      throw new StartupException(
          "topic '%s': expected to be readable, found: %s".formatted(topic, e.getMessage()), e);
    }
  }

  private long read(
      KafkaConsumer<byte[], byte[]> consumer, SupportDecoder decoder, Consumer<Event> events) {
    List<TopicPartition> partitions = new ArrayList<>();
    List<PartitionInfo> found = consumer.partitionsFor(topic, patience);
    if (found == null || found.isEmpty()) {
      throw new StartupException("topic '%s': expected partitions, found none".formatted(topic));
    }
    found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, patience);
    long[] refused = {0};
    Timer timer = Time.SYSTEM.timer(patience);
    while (!isAt(consumer, ends)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() < ends.get(new TopicPartition(topic, record.partition()))) {
          decoder.decode(source(record), record.headers()).handle(events, any -> refused[0]++);
        }
        timer.reset(patience.toMillis());
      }
      timer.update();
      if (timer.isExpired()) {
        throw new StartupException(
            "topic '%s': expected the records up to its end, found none for %d s"
                .formatted(topic, patience.toSeconds()));
      }
    }
    return refused[0];
  }

  private boolean isAt(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), patience) >= end.getValue());
  }

  private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
    return new SourceRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.key(),
        record.value());
  }
}
