package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.state.StoreNames;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks, before the application starts, that its state fits its topics and offsets. Kafka Streams
 * makes whatever is missing anew, empty, and reads whatever has no offset again.
 */
final class StateChecks {
  private static final Logger LOG = LoggerFactory.getLogger(StateChecks.class);
  private static final String RECOVERY = "docs/operations.md, Disaster recovery";
  private static final Duration POLL = Duration.ofMillis(100);

  /** Stores without which the others mean nothing; all of them come with the first start. */
  private static final List<String> ESSENTIAL =
      List.of(
          StoreNames.SUPPORT_MEMORY,
          StoreNames.TENANT_META,
          StoreNames.EXAMPLE_INDEX,
          StoreNames.INBOX);

  private static final List<String> LOGGED =
      Stream.concat(
              ESSENTIAL.stream(), Stream.of(StoreNames.RECENT_QUERIES, StoreNames.TENANT_ACTIVITY))
          .toList();

  private final ApplicationConfig config;
  private final Brokers brokers;

  StateChecks(ApplicationConfig config, Brokers brokers) {
    this.config = config;
    this.brokers = brokers;
  }

  /** The changelog topics of an application. */
  static List<String> changelogs(ApplicationConfig config) {
    return LOGGED.stream().map(store -> changelog(config, store)).toList();
  }

  /** Those among some topics. */
  static Stream<String> changelogs(ApplicationConfig config, Collection<String> existing) {
    return changelogs(config).stream().filter(existing::contains);
  }

  private static String changelog(ApplicationConfig config, String store) {
    return config.applicationId() + "-" + store + "-changelog";
  }

  /**
   * Checks that the state belongs to the cluster.
   *
   * @throws StartupException when it is another one's; the message says what to do
   */
  void requireCluster() {
    StateMark.of(config).requireCluster(brokers.clusterId());
  }

  /**
   * Checks that topics and offsets belong to the state.
   *
   * @param partitions numbers of partitions of the application's topics
   * @throws StartupException when the state does not fit; the message says what to do
   */
  void run(Map<String, Integer> partitions) {
    StateMark mark = StateMark.of(config);
    List<String> changelogs = changelogs(config, brokers.topicNames()).toList();
    if (changelogs.isEmpty()) {
      mark.requireNoTasks(config.applicationId());
      return;
    }
    Map<String, TopicDescription> described = brokers.describe(changelogs);
    requireAll(changelogs, mark);
    mark.requireTopics(described);
    requirePartitions(changelogs, described, partitions.get(config.topics().support()));
    checkOffsets(changelogs, partitions.get(config.topics().support()));
  }

  /** Earlier versions did not have all stores; a store with local files had a changelog. */
  private void requireAll(List<String> changelogs, StateMark mark) {
    for (String store : LOGGED) {
      String changelog = changelog(config, store);
      if (!changelogs.contains(changelog)
          && (ESSENTIAL.contains(store) || mark.holdsStore(store))) {
        throw new StartupException(
            "state: expected topic '%s' of store %s, found none although '%s' is there: it was"
                    .formatted(changelog, store, changelogs.get(0))
                + " deleted. Rebuild all state from '%s' (%s)"
                    .formatted(config.topics().support(), RECOVERY));
      }
    }
  }

  private void requirePartitions(
      List<String> changelogs, Map<String, TopicDescription> described, int inputs) {
    for (String name : changelogs) {
      int found = described.get(name).partitions().size();
      if (found != inputs) {
        throw new StartupException(
            "topics: expected '%s' and '%s' to have %d partitions like '%s', found %d. A tenant's"
                    .formatted(
                        config.topics().support(), config.topics().queries(), found, name, inputs)
                + " state stays in the partition of its key: copy the records to new topics"
                + " (docs/operations.md, Re-keying and more partitions)");
      }
    }
  }

  private void checkOffsets(List<String> changelogs, int partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = brokers.committed();
    Set<Integer> without = without(committed, partitions);
    Map<TopicPartition, Long> known = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      inputs(partition)
          .filter(committed::containsKey)
          .forEach(input -> known.put(input, committed.get(input).offset()));
    }
    warnOfGaps(known);
    if (!without.isEmpty()) {
      Map<Integer, String> state = withState(changelogs, without);
      // Another instance may have committed its first records meanwhile. With at_least_once it
      // commits them long after its state. A group with members loses no offsets.
      Set<TopicPartition> inputs =
          state.keySet().stream().flatMap(this::inputs).collect(Collectors.toSet());
      state.keySet().retainAll(without(brokers.settled(inputs), partitions));
      if (!state.isEmpty() && brokers.membersOfGroup().isEmpty()) {
        offsetsAreGone(state);
      }
    }
  }

  private Set<Integer> without(Map<TopicPartition, OffsetAndMetadata> committed, int partitions) {
    return IntStream.range(0, partitions)
        .filter(partition -> inputs(partition).noneMatch(committed::containsKey))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<TopicPartition> inputs(int partition) {
    return Stream.of(config.topics().support(), config.topics().queries())
        .map(topic -> new TopicPartition(topic, partition));
  }

  private void offsetsAreGone(Map<Integer, String> state) {
    String found =
        "offsets of group '%s' in partitions %s of '%s' and '%s', found none although '%s' holds"
                .formatted(
                    config.applicationId(),
                    state.keySet(),
                    config.topics().support(),
                    config.topics().queries(),
                    state.values().iterator().next())
            + " state. The application would answer all queries again";
    if (config.startsWithoutOffsets()) {
      LOG.atWarn().log("Expected {}. It goes on", found);
      return;
    }
    throw new StartupException(
        "offsets: expected %s. Set them with kafka-consumer-groups.sh --reset-offsets, or allow it"
                .formatted(found)
            + " with startup.missing-offsets=earliest");
  }

  /** The partitions of which a changelog holds a committed record, each with that changelog. */
  private Map<Integer, String> withState(List<String> changelogs, Set<Integer> partitions) {
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    Map<Integer, String> found = new TreeMap<>();
    try (Consumer<byte[], byte[]> reader =
        new KafkaConsumer<>(config.topicReader("state-check"), raw, raw)) {
      Set<TopicPartition> places =
          changelogs.stream()
              .flatMap(name -> partitions.stream().map(each -> new TopicPartition(name, each)))
              .collect(Collectors.toSet());
      Timer timer = Time.SYSTEM.timer(config.startupTimeoutMillis());
      reader.assign(places); // first: asking for the ends of others makes Kafka warn
      Map<TopicPartition, Long> ends =
          reader.endOffsets(places, Duration.ofMillis(config.startupTimeoutMillis()));
      reader.seekToBeginning(places);
      while (places.stream().anyMatch(place -> reader.position(place) < ends.get(place))) {
        reader
            .poll(POLL)
            .forEach(
                record -> {
                  found.putIfAbsent(record.partition(), record.topic());
                  reader.pause(List.of(new TopicPartition(record.topic(), record.partition())));
                });
        Set<TopicPartition> paused = reader.paused();
        if (places.stream()
            .allMatch(
                place -> paused.contains(place) || reader.position(place) >= ends.get(place))) {
          return found;
        }
        timer.update();
        if (timer.isExpired()) {
          throw new StartupException(
              "state: expected to read %s within startup.timeout.ms=%d, found no end"
                  .formatted(changelogs, config.startupTimeoutMillis()));
        }
      }
      return found;
    } catch (KafkaException e) {
      throw new StartupException(
          "state: expected to read %s, found: %s".formatted(changelogs, Causes.rootMessage(e)), e);
    }
  }

  /** Retention or a new topic may have taken what was not read yet. */
  private void warnOfGaps(Map<TopicPartition, Long> committed) {
    if (committed.isEmpty()) {
      return;
    }
    Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(committed, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(committed, OffsetSpec.latest());
    committed.forEach(
        (place, offset) -> {
          long begin = begins.get(place).offset();
          long end = ends.get(place).offset();
          if (offset < begin) {
            LOG.atWarn()
                .addKeyValue("partition", place)
                .addKeyValue("records", begin - offset)
                .log("The brokers deleted records before the application read them");
          } else if (offset > end) {
            LOG.atWarn()
                .addKeyValue("partition", place)
                .addKeyValue("committed", offset)
                .addKeyValue("end", end)
                .log(
                    "The partition ends before the committed offset: it was made anew or lost"
                        + " records. The application reads it from its beginning");
          }
        });
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Map<TopicPartition, Long> of, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    of.keySet().forEach(place -> wanted.put(place, spec));
    return brokers.offsets(wanted);
  }
}
