package dev.hyperflow.demo.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.demo.TopicReader;
import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.schemas.serde.SpecificAvroDeserializer;
import dev.hyperflow.topology.internal.config.Topics;
import dev.hyperflow.topology.internal.emit.Predictions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the output topics of an application hold, as a read_committed consumer sees it.
 *
 * @param answers all predictions, by query id
 * @param letters all dead letters, by the coordinates they name
 * @param heads each tenant's last head
 * @param supportEvents how many of the tenant's support events had been applied, by query id
 */
record Outcome(
    Map<String, List<Answer>> answers,
    Map<Coordinates, List<DeadLetter>> letters,
    Map<String, AdaptedHead> heads,
    Map<String, Long> supportEvents) {

  /**
   * A prediction and the tenant it is for.
   *
   * @param tenant the record's key
   */
  record Answer(String tenant, Prediction prediction) {}

  /** Nothing yet. */
  static Outcome empty() {
    return new Outcome(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
  }

  /** Adds all that is there. */
  void read(String bootstrapServers, Topics topics, String registryUrl) {
    List<String> outputs =
        List.of(topics.predictions(), topics.deadLetters(), topics.heads().orElseThrow());
    try (TopicReader reader = new TopicReader(bootstrapServers, outputs);
        Deserializer<SpecificRecord> deserializer = new SpecificAvroDeserializer<>()) {
      deserializer.configure(Map.of("schema.registry.url", registryUrl), false);
      reader.readToEnd(record -> enter(record, deserializer));
    }
  }

  private void enter(
      ConsumerRecord<byte[], byte[]> record, Deserializer<SpecificRecord> deserializer) {
    SpecificRecord value = deserializer.deserialize(record.topic(), record.value());
    if (value instanceof Prediction prediction) {
      Header events = record.headers().lastHeader(Predictions.SUPPORT_EVENTS_HEADER);
      if (events != null) {
        supportEvents.put(prediction.getQueryId(), ByteBuffer.wrap(events.value()).getLong());
      }
      answers
          .computeIfAbsent(prediction.getQueryId(), id -> new ArrayList<>())
          .add(new Answer(new String(record.key(), UTF_8), prediction));
    } else if (value instanceof DeadLetter letter) {
      letters
          .computeIfAbsent(
              new Coordinates(
                  letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset()),
              at -> new ArrayList<>())
          .add(letter);
    } else if (value instanceof AdaptedHead head) {
      heads.put(new String(record.key(), UTF_8), head);
    } else {
      heads.remove(new String(record.key(), UTF_8));
    }
  }

  /** All predictions, duplicates included. */
  int answerCount() {
    return answers.values().stream().mapToInt(List::size).sum();
  }

  /** All dead letters, duplicates included. */
  int letterCount() {
    return letters.values().stream().mapToInt(List::size).sum();
  }
}
