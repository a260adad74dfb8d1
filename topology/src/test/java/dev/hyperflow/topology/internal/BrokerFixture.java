package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.metrics.ApplicationMeters;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import dev.hyperflow.topology.testing.TestBroker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;

/**
 * An application on {@link TestBroker}, with topics and an id of its own and the shipped bundle's
 * real drift network on 4 features. Commits come often and batches late, so that there is always
 * something that waits when offsets are committed.
 */
final class BrokerFixture implements AutoCloseable {
  static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final String id;
  private final Path directory;
  private final AdaptationModel model;
  private final Map<String, String> settings = new HashMap<>();
  private final Producer<byte[], byte[]> producer = TestBroker.producer();
  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  /** What all instances did. */
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private final List<KafkaStreams> instances = new ArrayList<>();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  BrokerFixture(Path directory, Map<String, String> more) throws Exception {
    this(directory, more, TopologyFixture.MODEL);
  }

  BrokerFixture(Path directory, Map<String, String> more, AdaptationModel model) throws Exception {
    this.id = TestBroker.freshName("app");
    this.directory = directory;
    this.model = model;
    settings.put("application.id", id);
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    settings.put("schema.registry.url", "mock://" + id);
    settings.put("serde.class", CrashingSerde.class.getName());
    settings.put("stream.threads", "1");
    settings.put("batch.size", "64");
    settings.put("batch.linger.ms", "40");
    settings.put("kafka.commit.interval.ms", "20");
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + topic, topic(topic));
    }
    settings.putAll(more);
    if (!"streams".equals(settings.get("kafka.group.protocol"))) {
      settings.put("kafka.consumer.session.timeout.ms", "1000");
      settings.put("kafka.consumer.heartbeat.interval.ms", "200");
    }
    TestBroker.createTopics(
        PARTITIONS,
        List.of(topic("support"), topic("queries"), topic("predictions"), topic("dead-letters")));
    serde.configure(config(0).serdeSettings(), false);
  }

  String topic(String purpose) {
    return id + "-" + purpose;
  }

  String applicationId() {
    return id;
  }

  void set(String name, String value) {
    settings.put(name, value);
  }

  /** Starts one more instance and waits until it runs. */
  KafkaStreams start() {
    ApplicationConfig config = config(instances.size());
    KafkaStreams streams =
        new KafkaStreams(
            HyperFlowTopology.build(
                config,
                BundleRollout.fixed(model),
                Telemetry.of(new ApplicationMeters(meters, 0)),
                OptionalInt.of(PARTITIONS)),
            config.streams());
    instances.add(streams);
    streams.setUncaughtExceptionHandler(new StreamFailures(Time.SYSTEM::milliseconds));
    streams.start();
    await(() -> streams.state() == KafkaStreams.State.RUNNING);
    return streams;
  }

  /** Stops all instances in good order; the next start finds their state. */
  void stop() {
    instances.forEach(streams -> streams.close(Duration.ofSeconds(20)));
    instances.clear();
  }

  ApplicationConfig config(int instance) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("state.dir", directory.resolve("state-" + instance).toString());
    return ApplicationConfig.of(all);
  }

  /** Gives two tenants, one in each partition, two labels each. */
  void teach() {
    for (int tenant = 0; tenant < PARTITIONS; tenant++) {
      send("support", tenant, TopologyFixture.example("e1", "red", 1f, 0f, 0f, 0f));
      send("support", tenant, TopologyFixture.example("e2", "blue", 0f, 1f, 0f, 0f));
    }
    awaitCommitted("support");
  }

  /** Sends queries {@code q<from>} up to {@code q<to - 1>}, in turn to each tenant. */
  void ask(int from, int to) {
    for (int i = from; i < to; i++) {
      send("queries", i % PARTITIONS, TopologyFixture.queryOf("q" + i, 1f, 0.1f, 0f, 0f));
    }
  }

  /** The same with texts, which wait for each other; the model has an encoder. */
  void askTexts(int from, int to) {
    for (int i = from; i < to; i++) {
      send("queries", i % PARTITIONS, new QueryEvent("q" + i, new TextPayload("text " + i)));
    }
  }

  /** The same as {@link #ask(int, int)}, with a header of these bytes. */
  void ask(int from, int to, byte[] header) {
    for (int i = from; i < to; i++) {
      send(
          "queries",
          i % PARTITIONS,
          null,
          TopologyFixture.queryOf("q" + i, 1f, 0.1f, 0f, 0f),
          header);
    }
  }

  void send(String purpose, int tenant, SpecificRecord value) {
    send(purpose, tenant, null, value);
  }

  void send(String purpose, int tenant, Long timestamp, SpecificRecord value) {
    send(purpose, tenant, timestamp, value, serde.serializer().serialize(topic(purpose), value));
  }

  private void send(
      String purpose, int tenant, Long timestamp, SpecificRecord value, byte[] header) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic(purpose),
            tenant,
            timestamp,
            ("tenant-" + tenant).getBytes(UTF_8),
            serde.serializer().serialize(topic(purpose), value));
    record.headers().add("own", header);
    sent.add(producer.send(record));
  }

  byte[] bytes(String purpose, SpecificRecord value) {
    return serde.serializer().serialize(topic(purpose), value);
  }

  /** Sends a record under any key. */
  void sendKeyed(String purpose, byte[] key, SpecificRecord value) {
    sent.add(producer.send(new ProducerRecord<>(topic(purpose), key, bytes(purpose, value))));
  }

  /** Sends bytes as a record of a tenant. */
  void sendBytes(String purpose, int tenant, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic(purpose), tenant, ("tenant-" + tenant).getBytes(UTF_8), value);
    record.headers().add("own", value);
    sent.add(producer.send(record));
  }

  /** Forgets a tenant by a null value with a header of these bytes. */
  void forget(String tenant, byte[] header) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic("support"), tenant.getBytes(UTF_8), null);
    record.headers().add("own", header);
    sent.add(producer.send(record));
  }

  /** Withdraws all records of a changelog's partition. */
  void takeFromChangelog(String store, int partition) {
    String changelog = id + "-" + store + "-changelog";
    TestBroker.committed(changelog).stream()
        .filter(record -> record.partition() == partition)
        .forEach(
            record ->
                sent.add(
                    producer.send(new ProducerRecord<>(changelog, partition, record.key(), null))));
    producer.flush();
  }

  /** Sends a record that is larger than producers send by default. */
  void sendLarge(String purpose, String key, byte[] value) throws Exception {
    try (Producer<byte[], byte[]> large = TestBroker.producer(value.length + (1 << 10))) {
      large.send(new ProducerRecord<>(topic(purpose), key.getBytes(UTF_8), value)).get();
    }
  }

  /** Sends a record that is not a tenant's. */
  void send(String purpose, String key, SpecificRecord value) {
    sendBytes(purpose, key, serde.serializer().serialize(topic(purpose), value));
  }

  /** Sends a record to a topic that is not the application's. */
  void sendTo(String topic, String key, byte[] value) {
    sent.add(producer.send(new ProducerRecord<>(topic, key.getBytes(UTF_8), value)));
  }

  /** Sends a record of a tenant to a partition, whichever its key's is. */
  void sendTo(int partition, String purpose, String key, SpecificRecord value) {
    byte[] bytes = value == null ? null : serde.serializer().serialize(topic(purpose), value);
    sent.add(
        producer.send(new ProducerRecord<>(topic(purpose), partition, key.getBytes(UTF_8), bytes)));
  }

  /** What a counter counted, over all values of its tags. */
  double total(String counter) {
    return meters.find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  void sendBytes(String purpose, String key, byte[] value) {
    sent.add(
        producer.send(
            new ProducerRecord<>(topic(purpose), key == null ? null : key.getBytes(UTF_8), value)));
  }

  /** Waits until offsets up to the end of an input topic are committed. */
  void awaitCommitted(String purpose) {
    producer.flush();
    try (Admin admin = TestBroker.admin()) {
      await(() -> committedOffsets(admin, purpose) == endOffsets(admin, purpose));
    }
  }

  private long committedOffsets(Admin admin, String purpose) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> offsets =
        admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata().get();
    return offsets.entrySet().stream()
        .filter(entry -> entry.getKey().topic().equals(topic(purpose)))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  private long endOffsets(Admin admin, String purpose) throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      latest.put(new TopicPartition(topic(purpose), partition), OffsetSpec.latest());
    }
    return admin.listOffsets(latest).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Waits until so many committed predictions are there, then gives all. */
  List<Answered> awaitPredictions(int count) {
    producer.flush();
    await(() -> predictions().size() >= count);
    return predictions();
  }

  /** The committed predictions. */
  List<Answered> predictions() {
    return TestBroker.committed(topic("predictions")).stream()
        .map(record -> new Answered(record, (Prediction) value(record)))
        .toList();
  }

  List<ConsumerRecord<byte[], byte[]>> awaitDeadLetters(int count) {
    await(() -> TestBroker.committed(topic("dead-letters")).size() >= count);
    return TestBroker.committed(topic("dead-letters"));
  }

  DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
    return (DeadLetter) value(record);
  }

  private SpecificRecord value(ConsumerRecord<byte[], byte[]> record) {
    return serde.deserializer().deserialize(record.topic(), record.headers(), record.value());
  }

  /** A prediction and the record that holds it. */
  record Answered(ConsumerRecord<byte[], byte[]> record, Prediction prediction) {
    String queryId() {
      return prediction.getQueryId();
    }

    String tenant() {
      return new String(record.key(), UTF_8);
    }

    /** The bytes of the query, which the fixture put into a header of it. */
    byte[] query() {
      return record.headers().lastHeader("own").value();
    }
  }

  /** Where a record that was sent before is, in the order of sending. */
  RecordMetadata sent(int index) throws Exception {
    return sent.get(index).get();
  }

  static void await(java.util.concurrent.Callable<Boolean> condition) {
    // Threads may crash meanwhile: some tests ask for it.
    Awaitility.await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }

  @Override
  public void close() {
    stop();
    producer.close();
    serde.close();
  }
}
