package dev.hyperflow.demo.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.demo.TopicReader;
import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.models.internal.FeatureDimension;
import dev.hyperflow.schemas.PackedFeatures;
import dev.hyperflow.schemas.serde.SpecificAvroDeserializer;
import dev.hyperflow.schemas.serde.SpecificAvroSerializer;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand hostile records through the application, on a real broker. */
@Timeout(600)
class FuzzTest {

  private static final String ID = "fuzz";
  private static final int RECORDS = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path directory;

  @Test
  void shouldAnswerOrRefuseEveryRecordAndStayUp() throws Exception {
    // Given
    long seed = CrashTest.seed();
    System.out.printf("fuzz: seed %d%n", seed);
    try (Platform platform = Platform.start(directory);
        Producer<byte[], byte[]> producer = producer(platform)) {
      ApplicationConfig config = config(platform);
      Topics topics = config.topics();
      platform.createTopics(
          List.of(topics.support(), topics.queries()),
          Platform.PARTITIONS,
          Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
      FuzzLedger ledger = new FuzzLedger();
      RunningApplication application = RunningApplication.start(config);
      try (SpecificAvroSerializer<SpecificRecord> serializer = platform.serializer()) {
        Wire wire = new Wire(topics, serializer, producer);

        // When
        HostileRecords hostile = new HostileRecords(seed, wire::bytes);
        for (int i = 0; i < RECORDS; i++) {
          HostileRecords.Hostile record = hostile.next();
          ledger.sent(record, producer.send(wire.record(record, ledger.nextNumber())));
        }
        ledger.awaitSent();
        awaitConsumed(platform, topics, application);
        wire.sendSaneTenant(topics.support());
        awaitConsumed(platform, topics, application);
        wire.sendSaneTenant(topics.queries());
        awaitConsumed(platform, topics, application);

        // Then
        assertThat(application.isRunning()).isTrue();
      } finally {
        application.close();
      }
      Map<String, Prediction> sane = read(platform, topics, ledger);
      System.out.println("fuzz: " + ledger.summary());
      ledger.requireComplete();
      assertThat(sane).hasSize(2);
      sane.forEach(
          (label, prediction) -> {
            assertThat(prediction.getStatus()).isEqualTo(PredictionStatus.PERSONALISED);
            assertThat(prediction.getLabel()).isEqualTo(label);
          });
    }
  }

  /** Makes records and sends them. */
  private record Wire(
      Topics topics,
      SpecificAvroSerializer<SpecificRecord> serializer,
      Producer<byte[], byte[]> producer) {

    private static final String SANE = "sane";
    private static final Map<String, float[]> LABELS =
        Map.of("left", new float[] {1, 0, 0, 0}, "right", new float[] {0, 1, 0, 0});

    byte[] bytes(StreamKind stream, SpecificRecord value) {
      return serializer.serialize(topic(stream), value);
    }

    ProducerRecord<byte[], byte[]> record(HostileRecords.Hostile hostile, byte[] number) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              topic(hostile.stream()),
              null,
              hostile.timestampMillis(),
              hostile.key(),
              hostile.value());
      record.headers().add(FuzzLedger.HEADER, number);
      return record;
    }

    /** Examples of two labels, or a query near each. */
    void sendSaneTenant(String topic) throws Exception {
      for (Map.Entry<String, float[]> label : LABELS.entrySet()) {
        SpecificRecord value =
            topic.equals(topics.support())
                ? SupportEvent.newBuilder()
                    .setEventId(label.getKey())
                    .setOperation(SupportOperation.ADD)
                    .setLabel(label.getKey())
                    .setPayload(PackedFeatures.pack(label.getValue()))
                    .build()
                : QueryEvent.newBuilder()
                    .setQueryId(label.getKey())
                    .setPayload(PackedFeatures.pack(label.getValue()))
                    .build();
        producer
            .send(
                new ProducerRecord<>(
                    topic, SANE.getBytes(UTF_8), serializer.serialize(topic, value)))
            .get();
      }
    }

    private String topic(StreamKind stream) {
      return stream == StreamKind.SUPPORT ? topics.support() : topics.queries();
    }
  }

  private static void awaitConsumed(
      Platform platform, Topics topics, RunningApplication application) {
    Awaitility.await("all input consumed")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .failFast(
            "the application has stopped",
            () ->
                application
                    .failure()
                    .ifPresent(
                        failure -> {
                          throw new AssertionError("the application has stopped", failure);
                        }))
        .until(() -> platform.hasConsumed(ID, List.of(topics.support(), topics.queries())));
  }

  /**
   * Enters all outputs into the ledger.
   *
   * @return the sane tenant's predictions
   */
  private static Map<String, Prediction> read(Platform platform, Topics topics, FuzzLedger ledger) {
    Map<String, Prediction> sane = new HashMap<>();
    try (TopicReader reader =
            new TopicReader(
                platform.bootstrapServers(), List.of(topics.predictions(), topics.deadLetters()));
        Deserializer<SpecificRecord> deserializer = new SpecificAvroDeserializer<>()) {
      deserializer.configure(Map.of("schema.registry.url", platform.registryUrl()), false);
      reader.readToEnd(record -> enter(record, deserializer, ledger, sane));
    }
    return sane;
  }

  private static void enter(
      ConsumerRecord<byte[], byte[]> record,
      Deserializer<SpecificRecord> deserializer,
      FuzzLedger ledger,
      Map<String, Prediction> sane) {
    SpecificRecord value = deserializer.deserialize(record.topic(), record.value());
    if (value instanceof DeadLetter letter) {
      ledger.refusal(record, letter);
    } else if (record.headers().lastHeader(FuzzLedger.HEADER) == null) {
      Prediction prediction = (Prediction) value;
      sane.put(prediction.getQueryId(), prediction);
    } else {
      ledger.answer(record);
    }
  }

  private ApplicationConfig config(Platform platform) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("application.id", ID);
    settings.put("bootstrap.servers", platform.bootstrapServers());
    settings.put("schema.registry.url", platform.registryUrl());
    settings.put("serde.retries.wait.ms", "10"); // before each unknown id is asked for again
    settings.put(
        "bundle", ProofBundle.write(directory.resolve("any"), FeatureDimension.any()).toString());
    settings.put("topics.partitions", Integer.toString(Platform.PARTITIONS));
    settings.put("topics.replication-factor", "1");
    settings.put("memory.labels-per-tenant", "8");
    settings.put("memory.examples-per-label", "4");
    settings.put("limits.feature-dimension", "32");
    settings.put("state.dir", directory.resolve("state").toString());
    return ApplicationConfig.of(settings);
  }

  private static Producer<byte[], byte[]> producer(Platform platform) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", platform.bootstrapServers(), "linger.ms", "20"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
