package dev.hyperflow.server.letters;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** The dead letters that are in their topic now. For one thread. */
public final class DeadLetterArchive {
  private final String topic;
  private final ToolClients clients;
  private long unread;

  /** The archive of an application. */
  public DeadLetterArchive(ApplicationConfig config) {
    this.topic = config.topics().deadLetters();
    this.clients = new ToolClients(config);
  }

  /**
   * The letters that a filter takes, the oldest first.
   *
   * @param most how many, the newest of them
   * @throws dev.hyperflow.topology.errors.StartupException when brokers or topic cannot be read
   */
  public List<FoundLetter> find(LetterFilter filter, int most) {
    List<FoundLetter> found = new ArrayList<>();
    try (Deserializer<?> values = clients.values()) {
      new TopicScan(clients)
          .from(
              topic,
              filter.sinceMillis(),
              record -> {
                Place place = new Place(topic, record.partition(), record.offset());
                if (read(values, record) instanceof DeadLetter letter
                    && filter.takes(place, record.timestamp(), letter)) {
                  found.add(found(place, record, letter));
                }
              });
    }
    found.sort(
        Comparator.comparingLong(FoundLetter::timestampMillis)
            .thenComparing(letter -> letter.place().partition())
            .thenComparing(letter -> letter.place().offset()));
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /**
   * The letter at a place, if there is one.
   *
   * @throws dev.hyperflow.topology.errors.StartupException when brokers or topic cannot be read
   */
  public Optional<FoundLetter> at(Place place) {
    List<FoundLetter> found = new ArrayList<>();
    try (Deserializer<?> values = clients.values()) {
      new TopicScan(clients)
          .from(
              Map.of(place.topicPartition(), place.offset()),
              record -> {
                if (record.offset() == place.offset()
                    && read(values, record) instanceof DeadLetter letter) {
                  found.add(found(place, record, letter));
                }
              });
    }
    return found.stream().findFirst();
  }

  private static FoundLetter found(
      Place place, ConsumerRecord<byte[], byte[]> record, DeadLetter letter) {
    boolean isReplay = record.headers().lastHeader(Replay.REPLAY_HEADER) != null;
    return new FoundLetter(place, record.timestamp(), letter, isReplay);
  }

  /**
   * How many records of the topic were passed over, because they are no letters that can be read:
   * another producer wrote them, or another registry knows their schemas.
   */
  public long unread() {
    return unread;
  }

  private Object read(Deserializer<?> values, ConsumerRecord<byte[], byte[]> record) {
    try {
      Object value = values.deserialize(topic, record.headers(), record.value());
      if (!(value instanceof DeadLetter)) {
        unread++;
      }
      return value;
    } catch (SerializationException e) {
      unread++;
      return null;
    }
  }
}
