package dev.hyperflow.demo.proof;

import dev.hyperflow.events.Prediction;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import dev.hyperflow.schemas.serde.SpecificAvroDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Tells {@link Faults} of every answer as soon as it can be seen, from a thread of its own. */
final class AnswerWatch {

  private static final Duration POLL = Duration.ofMillis(50);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<SpecificRecord> deserializer = new SpecificAvroDeserializer<>();
  private final Faults faults;
  private final Thread thread = new Thread(this::watch, "answer-watch");
  private volatile boolean stopped;

  private AnswerWatch(Platform platform, String topic, Faults faults) {
    this.faults = faults;
    deserializer.configure(Map.of("schema.registry.url", platform.registryUrl()), false);
    ByteArrayDeserializer raw = new ByteArrayDeserializer();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                platform.bootstrapServers(),
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false",
                "reconnect.backoff.max.ms",
                "200"),
            raw,
            raw);
    List<TopicPartition> partitions =
        IntStream.range(0, Platform.PARTITIONS)
            .mapToObj(n -> new TopicPartition(topic, n))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Watches the answers of an application. */
  static AnswerWatch start(Platform platform, String topic, Faults faults) {
    AnswerWatch watch = new AnswerWatch(platform, topic, faults);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (!stopped) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        try {
          Prediction answer = (Prediction) deserializer.deserialize(record.topic(), record.value());
          faults.answered(answer.getQueryId());
        } catch (RegistryException e) {
          // A registry that is away does not tell the schema; the next answer will do as well.
        }
      }
    }
    consumer.close();
  }

  /** Stops watching. */
  void stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deserializer.close();
  }
}
