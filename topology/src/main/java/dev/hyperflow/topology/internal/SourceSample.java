package dev.hyperflow.topology.internal;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.decode.MappedDecoder;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/**
 * Reads a few records of a mapped topic and says what becomes of them. In no consumer group; sees
 * committed records only, and changes nothing.
 */
public final class SourceSample {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int MAX_PATHS = 30;

  private final ApplicationConfig config;
  private final SourceMapping source;

  /** A reader of a mapped topic. */
  public SourceSample(ApplicationConfig config, SourceMapping source) {
    this.config = config;
    this.source = source;
  }

  /**
   * A record, and what becomes of it.
   *
   * @param record the record
   * @param event its event; empty when it is refused or skipped
   * @param rejection why there is none
   * @param paths the paths that lead to something in a record without an event
   */
  public record Tried(
      SourceRecord record,
      Optional<Event> event,
      Optional<Rejection> rejection,
      List<String> paths) {

    /** Whether it goes to the dead letters. */
    public boolean isRefused() {
      return rejection.filter(why -> why.reason() != Reason.SKIPPED).isPresent();
    }
  }

  /**
   * Tries records, in the order of their timestamps.
   *
   * @param from an offset in every partition; below 0 it counts from the end; empty: the beginning
   * @param most maximum number of records: of those that were found the first, or from the end the
   *     last
   * @throws StartupException when the topic cannot be read
   */
  public List<Tried> read(OptionalLong from, int most) {
    List<Tried> tried = new ArrayList<>();
    ToolClients clients = new ToolClients(config);
    try (KafkaConsumer<byte[], byte[]> consumer = clients.reader();
        MappedDecoder decoder = new MappedDecoder(source, config.serdeSettings())) {
      List<ConsumerRecord<byte[], byte[]>> records = records(consumer, from, most);
      records.sort(
          Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
              .thenComparingInt(ConsumerRecord::partition)
              .thenComparingLong(ConsumerRecord::offset));
      boolean fromEnd = from.isPresent() && from.getAsLong() < 0;
      int surplus = Math.max(0, records.size() - most);
      records
          .subList(fromEnd ? surplus : 0, records.size() - (fromEnd ? 0 : surplus))
          .forEach(record -> tried.add(tried(record, decoder)));
      return tried;
    } catch (KafkaException e) {
      throw clients.noAnswer(e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records(
      KafkaConsumer<byte[], byte[]> consumer, OptionalLong from, int most) {
    List<PartitionInfo> found = consumer.partitionsFor(source.topic());
    if (found == null || found.isEmpty()) {
      throw new StartupException(
          "source.%s.topic: expected topic '%s', found none of that name"
              .formatted(source.name(), source.topic()));
    }
    List<TopicPartition> partitions =
        found.stream().map(info -> new TopicPartition(source.topic(), info.partition())).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      long begin = begins.get(partition);
      long end = ends.get(partition);
      long wanted =
          from.isEmpty() ? begin : from.getAsLong() < 0 ? end + from.getAsLong() : from.getAsLong();
      consumer.seek(partition, Math.min(end, Math.max(begin, wanted)));
    }
    return read(consumer, ends, most);
  }

  private List<ConsumerRecord<byte[], byte[]>> read(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, int most) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    Map<TopicPartition, Integer> counts = new HashMap<>();
    Timer timer = Time.SYSTEM.timer(config.startupTimeoutMillis());
    while (true) {
      List<TopicPartition> done =
          consumer.assignment().stream()
              .filter(
                  each ->
                      counts.getOrDefault(each, 0) >= most
                          || consumer.position(each) >= ends.get(each))
              .toList();
      consumer.pause(done);
      timer.update();
      if (done.size() == consumer.assignment().size() || timer.isExpired()) {
        return records;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition place = new TopicPartition(record.topic(), record.partition());
        if (counts.merge(place, 1, Integer::sum) <= most) {
          records.add(record);
        }
      }
    }
  }

  private static Tried tried(ConsumerRecord<byte[], byte[]> record, MappedDecoder decoder) {
    SourceRecord read =
        new SourceRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            Math.max(0, record.timestamp()),
            record.key(),
            record.value());
    List<Tried> tried = new ArrayList<>();
    decoder
        .decode(read, record.headers())
        .handle(
            event -> tried.add(new Tried(read, Optional.of(event), Optional.empty(), List.of())),
            refusal ->
                tried.add(
                    new Tried(
                        read,
                        Optional.empty(),
                        Optional.of(refusal),
                        decoder.paths(read, record.headers(), MAX_PATHS))));
    return tried.get(0);
  }
}
