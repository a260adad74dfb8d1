package dev.hyperflow.server;

import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/**
 * A broker and a registry in this process, a configuration for an application on them, and what a
 * test sends to it and reads from it.
 */
public final class LiveApplication implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path directory;
  private static final AtomicInteger REGISTRIES = new AtomicInteger();

  private final TestCluster broker = TestCluster.start();
  private final String registry = "mock://live-" + REGISTRIES.incrementAndGet();
  private final Map<String, String> settings = new TreeMap<>();
  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();
  private final KafkaProducer<byte[], byte[]> producer;

  public LiveApplication(Path directory, Map<String, String> more) {
    this.directory = directory;
    settings.put("application.id", "live");
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("schema.registry.url", registry);
    settings.put("topics.partitions", Integer.toString(PARTITIONS));
    settings.put("topics.replication-factor", "1");
    settings.put("stream.threads", "1");
    settings.put("state.dir", directory.resolve("state").toString());
    settings.putAll(more);
    serde.configure(Map.of("schema.registry.url", registry), false);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  public ApplicationConfig config() {
    return ApplicationConfig.of(settings);
  }

  /** The configuration as a file, for the command line. */
  public Path configFile() throws IOException {
    return Files.writeString(
        directory.resolve("live.properties"),
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n")));
  }

  /** Starts the application and waits until it runs. */
  public RunningApplication start(Telemetry telemetry) throws InterruptedException {
    RunningApplication application = RunningApplication.start(config(), telemetry);
    if (!application.awaitRunning(PATIENCE)) {
      application.close();
      throw new AssertionError("the application does not run: " + application.failure());
    }
    return application;
  }

  public void teach(String tenant, String eventId, String label, String text) {
    teach(tenant, eventId, label, text, new RecordHeaders());
  }

  public void teach(String tenant, String eventId, String label, String text, Headers headers) {
    send(
        "support",
        tenant,
        SupportEvent.newBuilder()
            .setEventId(eventId)
            .setOperation(SupportOperation.ADD)
            .setLabel(label)
            .setPayload(new TextPayload(text))
            .build(),
        headers);
  }

  public void retract(String tenant, String eventId, String target) {
    send(
        "support",
        tenant,
        SupportEvent.newBuilder()
            .setEventId(eventId)
            .setOperation(SupportOperation.RETRACT)
            .setTargetEventId(target)
            .build(),
        new RecordHeaders());
  }

  public void ask(String tenant, String queryId, String text) {
    ask(tenant, queryId, text, new RecordHeaders());
  }

  public void ask(String tenant, String queryId, String text, Headers headers) {
    send("queries", tenant, new QueryEvent(queryId, new TextPayload(text)), headers);
  }

  public void send(String topic, String tenant, SpecificRecord value, Headers headers) {
    sendBytes(topic, tenant, serde.serializer().serialize(topic, value), headers);
  }

  public void sendBytes(String topic, String tenant, byte[] value, Headers headers) {
    send(
        new ProducerRecord<>(
            topic, null, null, tenant.getBytes(StandardCharsets.UTF_8), value, headers));
  }

  /** Teaches a tenant in every partition, as producers do that use different partitioners. */
  public void teachEverywhere(String tenant, String label, String text) {
    SupportEvent event =
        SupportEvent.newBuilder()
            .setEventId("everywhere")
            .setOperation(SupportOperation.ADD)
            .setLabel(label)
            .setPayload(new TextPayload(text))
            .build();
    byte[] value = serde.serializer().serialize("support", event);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      send(
          new ProducerRecord<>(
              "support", partition, tenant.getBytes(StandardCharsets.UTF_8), value));
    }
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new AssertionError("could not send to " + record.topic(), e);
    }
  }

  /** Waits until a topic holds so many committed records, and gives them. */
  public List<ConsumerRecord<byte[], byte[]>> await(String topic, int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> committed(topic).size() >= count);
    return committed(topic);
  }

  /** The committed records of a topic. */
  public List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    return TestCluster.committed(broker.bootstrapServers(), topic);
  }

  /** The Avro record of a Kafka record. */
  public SpecificRecord value(ConsumerRecord<byte[], byte[]> record) {
    return serde.deserializer().deserialize(record.topic(), record.headers(), record.value());
  }

  @Override
  public void close() {
    producer.close();
    serde.close();
    broker.close();
  }
}
