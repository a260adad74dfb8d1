package dev.hyperflow.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an embedded graph and the nodes around it promise together, on a broker. */
@Timeout(300)
class EmbeddedOnABrokerTest {
  private static final int PARTITIONS = 2;
  private static final int QUERIES = 400;

  /** No full batch for any tenant: they wait while there is no head. */
  private static final int WAITING = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path state;
  private final String id = TestBroker.freshName("embedded");
  private final Map<String, String> settings = new HashMap<>();
  private final Producer<byte[], byte[]> producer = TestBroker.producer();
  private final List<Future<RecordMetadata>> sent = new ArrayList<>();

  /** How the graph is embedded. */
  enum Form {
    TOPOLOGY,
    STREAM
  }

  @BeforeEach
  void createTopics() throws Exception {
    settings.put("application.id", id);
    settings.put("bootstrap.servers", TestBroker.bootstrapServers());
    settings.put("schema.registry.url", "mock://" + id);
    settings.put("state.dir", state.toString());
    settings.put("bundle", "classpath:bundles/minilm-analytic-v0");
    settings.put("batch.size", "64");
    settings.put("batch.linger.ms", "500");
    settings.put("stream.threads", "1");
    settings.put("kafka.commit.interval.ms", "20");
    settings.put("kafka.consumer.session.timeout.ms", "1000");
    settings.put("kafka.consumer.heartbeat.interval.ms", "200");
    for (String purpose : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + purpose, topic(purpose));
    }
    TestBroker.createTopics(
        PARTITIONS,
        List.of(
            topic("support"),
            topic("queries"),
            topic("predictions"),
            topic("dead-letters"),
            topic("labels")));
  }

  @AfterEach
  void close() {
    producer.close();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void shouldAnswerOnceOverARestartAsTheNodesAroundItDo(Form form) {
    run(
        form,
        () -> {
          teach();
          await(() -> TestBroker.committed(changelog("support-memory")).size() >= 2 * PARTITIONS);
          ask(0, WAITING);
          await(() -> !TestBroker.committed(changelog("inbox")).isEmpty());
        });
    assertThat(answered()).as("some wait over the restart").hasSizeLessThan(WAITING);
    run(
        form,
        () -> {
          ask(WAITING, QUERIES);
          await(() -> answered().size() >= QUERIES);
        });

    assertThat(answered())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, QUERIES).mapToObj(number -> "q" + number).toList());
    assertThat(sent).allMatch(Future::isDone).hasSize(2 * PARTITIONS + QUERIES);
    assertThat(labels()).hasSize(QUERIES).containsOnly("red");
    assertThat(TestBroker.committed(topic("dead-letters"))).isEmpty();
  }

  private void run(Form form, Runnable work) {
    HyperFlowConfig config = HyperFlowConfig.of(settings);
    HyperFlow.check(config);
    if (form == Form.STREAM) {
      run(stream(config), config, work);
      return;
    }
    Topology topology = new Topology();
    try (HyperFlowNodes nodes = HyperFlow.addTo(topology, config, "routing")) {
      topology.addProcessor("label-only", LabelOnly::new, nodes.predictions());
      topology.addSink(
          "labels-only",
          topic("labels"),
          new StringSerializer(),
          new StringSerializer(),
          "label-only");
      run(topology, config, work);
    }
  }

  private static void run(Topology topology, HyperFlowConfig config, Runnable work) {
    try (KafkaStreams streams = new KafkaStreams(topology, HyperFlow.streamsConfig(config))) {
      streams.start();
      await(() -> streams.state() == KafkaStreams.State.RUNNING);
      work.run();
    }
  }

  private Topology stream(HyperFlowConfig config) {
    StreamsBuilder builder = new StreamsBuilder();
    var predictions =
        HyperFlow.personalize(
            builder.stream(
                topic("support"), Consumed.with(Serdes.String(), this.<SupportEvent>serde())),
            builder.stream(
                topic("queries"), Consumed.with(Serdes.String(), this.<QueryEvent>serde())),
            config,
            Named.as("routing"));
    predictions.to(topic("predictions"), Produced.with(Serdes.String(), this.<Prediction>serde()));
    predictions
        .mapValues(Prediction::getLabel, Named.as("label-only"))
        .to(topic("labels"), Produced.with(Serdes.String(), Serdes.String()));
    return builder.build();
  }

  private void teach() {
    for (int tenant = 0; tenant < PARTITIONS; tenant++) {
      send("support", tenant, example("e1", "red", 0));
      send("support", tenant, example("e2", "blue", 1));
    }
    producer.flush();
  }

  private void ask(int from, int to) {
    for (int number = from; number < to; number++) {
      send(
          "queries",
          number % PARTITIONS,
          QueryEvent.newBuilder()
              .setQueryId("q" + number)
              .setPayload(new FeaturesPayload(HyperFlowTest.vector(0)))
              .build());
    }
    producer.flush();
  }

  private static SupportEvent example(String eventId, String label, int hot) {
    return SupportEvent.newBuilder()
        .setEventId(eventId)
        .setOperation(SupportOperation.ADD)
        .setLabel(label)
        .setPayload(new FeaturesPayload(HyperFlowTest.vector(hot)))
        .build();
  }

  private void send(String purpose, int tenant, SpecificRecord value) {
    try (SpecificAvroSerde<SpecificRecord> serde = serde()) {
      sent.add(
          producer.send(
              new ProducerRecord<>(
                  topic(purpose),
                  tenant,
                  ("tenant-" + tenant).getBytes(UTF_8),
                  serde.serializer().serialize(topic(purpose), value))));
    }
  }

  private List<String> answered() {
    try (SpecificAvroSerde<Prediction> serde = serde()) {
      return TestBroker.committed(topic("predictions")).stream()
          .map(record -> serde.deserializer().deserialize(record.topic(), record.value()))
          .map(Prediction::getQueryId)
          .toList();
    }
  }

  private List<String> labels() {
    return TestBroker.committed(topic("labels")).stream()
        .map(ConsumerRecord::value)
        .map(bytes -> new String(bytes, UTF_8))
        .toList();
  }

  private <T extends SpecificRecord> SpecificAvroSerde<T> serde() {
    SpecificAvroSerde<T> serde = new SpecificAvroSerde<>();
    serde.configure(settings, false);
    return serde;
  }

  private String changelog(String store) {
    return id + "-routing-" + store + "-changelog";
  }

  private String topic(String purpose) {
    return id + "-" + purpose;
  }

  private static void await(java.util.concurrent.Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(condition);
  }

  private static final class LabelOnly
      extends ContextualProcessor<String, Prediction, String, String> {
    @Override
    public void process(Record<String, Prediction> record) {
      context().forward(record.withValue(record.value().getLabel()));
    }
  }
}
