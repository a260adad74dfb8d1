package dev.hyperflow.server.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.mapping.SourceMapping;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Sends the records of dead letters to their source topics again, each at most once.
 *
 * <p>A record that was sent again says in the header {@value #REPLAY_HEADER} where the first one
 * is. Before anything is sent, the source partitions are read from the first of the records on, and
 * what is found there under such a header is not sent a second time. For one thread; two replays of
 * the same letters at the same time do not see each other.
 */
public final class Replay {
  private static final byte[] NO_KEY = {};

  /** Says of which record this is the repetition: {@code topic:partition:offset}, UTF-8. */
  public static final String REPLAY_HEADER = "hyperflow-replay-of";

  private final String support;
  private final Set<String> mapped;
  private final ToolClients clients;

  /** Replays for an application. */
  public Replay(ApplicationConfig config) {
    this.support = config.topics().support();
    this.mapped = config.sources().stream().map(SourceMapping::topic).collect(Collectors.toSet());
    this.clients = new ToolClients(config);
  }

  /** What became of a letter's record. */
  public enum Outcome {
    SENT,
    /** It was sent again before. */
    SENT_BEFORE,
    /** It was a replay itself, and was refused again. */
    REPLAY,
    /** Its tenant was forgotten after it; {@link Also} can send it all the same. */
    FORGOTTEN,
    /** The record is no longer on the brokers, and the letter holds only its beginning. */
    GONE,
    /** Its topic does not take its size, which a header has made larger, or its timestamp. */
    NOT_TAKEN;

    /** Whether the record can be sent by nobody as it is. */
    public boolean isFailure() {
      return this == GONE || this == NOT_TAKEN;
    }
  }

  /** What takes the place of a record's key or value; empty for what it was. */
  public record Edit(Optional<byte[]> key, Optional<byte[]> value) {
    /** An edit that leaves key and value as they were. */
    public static Edit none() {
      return new Edit(Optional.empty(), Optional.empty());
    }
  }

  /**
   * What is sent that is left out otherwise.
   *
   * @param replays records that were replays themselves
   * @param forgotten records of tenants that were forgotten after them
   */
  public record Also(boolean replays, boolean forgotten) {}

  /** The outcome of a letter, and where its record is now, if it was sent. */
  public record Result(FoundLetter letter, Outcome outcome, Optional<Place> sentTo) {}

  /** That a tenant was forgotten. */
  private record Removal(Place place, long timestampMillis) {}

  private record Found(
      Set<String> sentBefore,
      Map<Place, ConsumerRecord<byte[], byte[]>> sources,
      Map<ByteBuffer, List<Removal>> removals) {}

  /**
   * Sends again.
   *
   * @param also what is sent that is left out otherwise
   * @return a result for each letter, in their order
   * @throws dev.hyperflow.topology.errors.StartupException when brokers do not answer
   */
  public List<Result> send(List<FoundLetter> letters, Edit edit, Also also) {
    Found found = look(letters, edit);
    Set<String> sent = new HashSet<>(found.sentBefore());
    Map<FoundLetter, Future<RecordMetadata>> sending = new LinkedHashMap<>();
    Map<FoundLetter, Outcome> outcomes = new HashMap<>();
    try (Producer<byte[], byte[]> producer = clients.senderOfSingleRecords()) {
      for (FoundLetter letter : letters) {
        Optional<ProducerRecord<byte[], byte[]>> record = record(letter, found, edit);
        if (letter.isReplay() && !also.replays()) {
          outcomes.put(letter, Outcome.REPLAY);
        } else if (!also.forgotten() && isForgotten(letter, found, edit)) {
          outcomes.put(letter, Outcome.FORGOTTEN);
        } else if (!sent.add(letter.source().toString())) {
          outcomes.put(letter, Outcome.SENT_BEFORE);
        } else if (record.isEmpty()) {
          outcomes.put(letter, Outcome.GONE);
        } else {
          outcomes.put(letter, Outcome.SENT);
          sending.put(letter, producer.send(record.get()));
        }
      }
      producer.flush();
      List<Result> results = new ArrayList<>();
      Set<Place> notTaken = new HashSet<>();
      for (FoundLetter letter : letters) {
        Optional<Place> place = Optional.ofNullable(sending.get(letter)).flatMap(this::place);
        if (sending.containsKey(letter) && place.isEmpty()) {
          notTaken.add(letter.source());
        }
        // Another letter of such a record was not sent before, either.
        Outcome outcome =
            notTaken.contains(letter.source()) ? Outcome.NOT_TAKEN : outcomes.get(letter);
        results.add(new Result(letter, outcome, place));
      }
      return results;
    } catch (KafkaException e) {
      throw clients.noAnswer(e);
    }
  }

  /** Where a record is now; empty when its topic does not take it. */
  private Optional<Place> place(Future<RecordMetadata> sending) {
    try {
      RecordMetadata at = sending.get();
      return Optional.of(new Place(at.topic(), at.partition(), at.offset()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordTooLargeException
          || e.getCause() instanceof InvalidTimestampException) {
        return Optional.empty();
      }
      throw clients.noAnswer(new KafkaException(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while sending records", e);
    }
  }

  private Found look(List<FoundLetter> letters, Edit edit) {
    Map<TopicPartition, Long> starts = new HashMap<>();
    Set<Place> wanted = new HashSet<>();
    for (FoundLetter letter : letters) {
      starts.merge(letter.source().topicPartition(), letter.source().offset(), Math::min);
      wanted.add(letter.source());
    }
    Found found = new Found(new HashSet<>(), new HashMap<>(), new HashMap<>());
    TopicScan scan = new TopicScan(clients);
    scan.from(
        starts,
        record -> {
          Place place = new Place(record.topic(), record.partition(), record.offset());
          if (wanted.contains(place)) {
            found.sources().put(place, record);
          }
          noteReplay(record, found);
        });
    if (edit.key().isPresent()) {
      // Under another key it may be in any partition; there it has the timestamp of the first one.
      for (FoundLetter letter : letters) {
        scan.from(
            letter.source().topic(),
            letter.letter().getSourceTimestampEpochMillis(),
            record -> noteReplay(record, found));
      }
    }
    noteRemovals(letters, edit, found);
    return found;
  }

  /** Looks for the end of the letters' tenants, from the first of their records on. */
  private void noteRemovals(List<FoundLetter> letters, Edit edit, Found found) {
    Set<ByteBuffer> keys = new HashSet<>();
    long since = Long.MAX_VALUE;
    for (FoundLetter letter : letters) {
      keys.add(tenantKey(letter, found, edit));
      since = Math.min(since, letter.letter().getSourceTimestampEpochMillis());
    }
    if (letters.isEmpty()) {
      return;
    }
    try (Deserializer<?> values = clients.values()) {
      new TopicScan(clients)
          .from(
              support,
              Math.max(0, since),
              record -> {
                ByteBuffer key = ByteBuffer.wrap(record.key() == null ? NO_KEY : record.key());
                if (keys.contains(key) && isRemoval(record, values)) {
                  found
                      .removals()
                      .computeIfAbsent(key, first -> new ArrayList<>())
                      .add(
                          new Removal(
                              new Place(record.topic(), record.partition(), record.offset()),
                              record.timestamp()));
                }
              });
    }
  }

  private static boolean isRemoval(ConsumerRecord<byte[], byte[]> record, Deserializer<?> values) {
    if (record.value() == null) {
      return true;
    }
    try {
      return values.deserialize(record.topic(), record.headers(), record.value())
              instanceof SupportEvent event
          && event.getOperation() == SupportOperation.FORGET_TENANT;
    } catch (SerializationException e) {
      return false;
    }
  }

  /** The key of the tenant's removals; the key of a record in a mapped topic may be another. */
  private ByteBuffer tenantKey(FoundLetter letter, Found found, Edit edit) {
    if (!mapped.contains(letter.source().topic())) {
      return key(letter, found, edit);
    }
    String tenant = letter.letter().getTenant();
    return ByteBuffer.wrap(tenant == null ? NO_KEY : tenant.getBytes(UTF_8));
  }

  private static ByteBuffer key(FoundLetter letter, Found found, Edit edit) {
    byte[] key =
        edit.key()
            .orElseGet(
                () ->
                    Optional.ofNullable(found.sources().get(letter.source()))
                        .map(ConsumerRecord::key)
                        .orElseGet(() -> FoundLetter.bytes(letter.letter().getKey())));
    return ByteBuffer.wrap(key == null ? NO_KEY : key);
  }

  /** In one partition by offset, elsewhere by time. */
  private boolean isForgotten(FoundLetter letter, Found found, Edit edit) {
    Place source = letter.source();
    return found.removals().getOrDefault(tenantKey(letter, found, edit), List.of()).stream()
        .anyMatch(
            removal ->
                removal.place().topicPartition().equals(source.topicPartition())
                    ? removal.place().offset() > source.offset()
                    : removal.timestampMillis() >= letter.letter().getSourceTimestampEpochMillis());
  }

  private static void noteReplay(ConsumerRecord<byte[], byte[]> record, Found found) {
    for (Header header : record.headers().headers(REPLAY_HEADER)) {
      found.sentBefore().add(new String(header.value(), UTF_8));
    }
  }

  private static Optional<ProducerRecord<byte[], byte[]>> record(
      FoundLetter letter, Found found, Edit edit) {
    Optional<ConsumerRecord<byte[], byte[]>> source =
        Optional.ofNullable(found.sources().get(letter.source()));
    if (source.isEmpty() && letter.letter().getTruncated()) {
      return Optional.empty();
    }
    byte[] key =
        source
            .map(ConsumerRecord::key)
            .orElseGet(() -> FoundLetter.bytes(letter.letter().getKey()));
    byte[] value =
        source
            .map(ConsumerRecord::value)
            .orElseGet(() -> FoundLetter.bytes(letter.letter().getValue()));
    Headers headers =
        source
            .map(record -> new RecordHeaders(record.headers()))
            .orElseGet(RecordHeaders::new)
            .remove(REPLAY_HEADER)
            .add(REPLAY_HEADER, letter.source().toString().getBytes(UTF_8));
    long timestamp = letter.letter().getSourceTimestampEpochMillis();
    return Optional.of(
        new ProducerRecord<>(
            letter.source().topic(),
            edit.key().isPresent() ? null : (Integer) letter.source().partition(),
            timestamp < 0 ? null : (Long) timestamp,
            edit.key().orElse(key),
            edit.value().orElse(value),
            headers));
  }
}
