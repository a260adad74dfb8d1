package dev.hyperflow.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.demo.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Adds partitions to the input topics of an application. It says so and does not start again; an
 * application on copied topics, as docs/operations.md describes it, ends with the same heads.
 */
final class Rekeying {

  private static final int PARTITIONS = 2 * Platform.PARTITIONS;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String SUFFIX = "-rekeyed";

  private Rekeying() {}

  /** Does it, and compares what comes of it with what came before. */
  static void run(Platform platform, Cell cell, Application application, ApplicationProcess process)
      throws Exception {
    Outcome before = application.outcome();
    process.start();
    process.awaitRunning();
    grow(platform, application.inputs());
    process.awaitSaid("The application cannot work", 1);
    process.kill();
    process.start();
    assertThat(process.awaitFailure()).contains("Re-keying");

    copy(platform, application.inputs());
    Application rekeyed = Application.rekeyed(application, platform, cell, SUFFIX);
    try (ApplicationProcess next = rekeyed.onlyInstance()) {
      next.start();
      await("the same heads")
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .failFast("the application has ended", next::requireUp)
          .until(() -> rekeyed.outcome().heads().equals(before.heads()));
      await("the same answers and refusals")
          .atMost(PATIENCE)
          .until(
              () ->
                  rekeyed.outcome().answerCount() == before.answerCount()
                      && rekeyed.outcome().letterCount() == before.letterCount());
      next.stop();
    }
  }

  private static void grow(Platform platform, List<String> topics) throws Exception {
    try (Admin admin = platform.admin()) {
      NewPartitions more = NewPartitions.increaseTo(PARTITIONS);
      for (String topic : topics) {
        admin.createPartitions(Map.of(topic, more)).all().get();
      }
    }
  }

  private static void copy(Platform platform, List<String> topics) throws Exception {
    ByteArraySerializer raw = new ByteArraySerializer();
    platform.createTopics(
        topics.stream().map(name -> name + SUFFIX).toList(), PARTITIONS, Map.of());
    try (TopicReader reader = new TopicReader(platform.bootstrapServers(), topics);
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", platform.bootstrapServers()), raw, raw)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      reader.readToEnd(record -> sent.add(producer.send(copyOf(record))));
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> copyOf(ConsumerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        record.topic() + SUFFIX,
        null,
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }
}
