package dev.hyperflow.topology.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.HyperFlow;
import dev.hyperflow.topology.HyperFlowConfig;
import dev.hyperflow.topology.HyperFlowNodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A topology in Kafka's {@link TopologyTestDriver}: no broker, and a schema registry in memory.
 *
 * <pre>{@code
 * try (HyperFlowTestDriver driver = HyperFlowTestDriver.open(Map.of())) {
 *   driver.teach("acme", "e1", "billing", "I was charged twice");
 *   Prediction answer = driver.ask("acme", "q1", "why a second charge?");
 * }
 * }</pre>
 *
 * <p>The driver commits after every record, so it shows nothing about batches, transactions and
 * restarts. Test these on a broker. Not thread-safe.
 */
public final class HyperFlowTestDriver implements AutoCloseable {
  private static final AtomicInteger REGISTRIES = new AtomicInteger();

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  /** Longer than any batch waits. */
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Map<String, String> settings;
  private final TopologyTestDriver driver;
  private final Optional<HyperFlowNodes> nodes;
  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  private HyperFlowTestDriver(
      Map<String, String> settings, Topology topology, Optional<HyperFlowNodes> nodes) {
    this.settings = settings;
    this.nodes = nodes;
    this.driver =
        new TopologyTestDriver(topology, HyperFlow.streamsConfig(HyperFlowConfig.of(settings)));
    serde.configure(settings, false);
  }

  /**
   * A topology that holds nothing else.
   *
   * @param more settings by the names of {@code docs/configuration.md}
   */
  public static HyperFlowTestDriver open(Map<String, String> more) {
    Map<String, String> settings = settings(more);
    Topology topology = new Topology();
    HyperFlowNodes nodes = HyperFlow.addTo(topology, HyperFlowConfig.of(settings), "driven");
    return new HyperFlowTestDriver(settings, topology, Optional.of(nodes));
  }

  /**
   * A topology of one's own.
   *
   * @param settings those of the topology's {@link HyperFlowConfig}, made by {@link #settings}
   */
  public static HyperFlowTestDriver of(Topology topology, Map<String, String> settings) {
    return new HyperFlowTestDriver(settings, topology, Optional.empty());
  }

  /**
   * Settings for a test: a registry in memory that no other test has, a new directory for state, a
   * broker that nobody connects to.
   *
   * @param more replaces or adds settings
   */
  public static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "unused:9092");
    settings.put("schema.registry.url", "mock://driver-" + REGISTRIES.incrementAndGet());
    settings.put("state.dir", TEMPORARY.resolve("hyperflow-" + UUID.randomUUID()).toString());
    settings.putAll(more);
    return settings;
  }

  /** Sends a labelled text. */
  public void teach(String tenant, String eventId, String label, String text) {
    send(tenant, example(eventId, label).setPayload(new TextPayload(text)).build());
  }

  /** Sends a labelled vector, for bundles without an encoder. */
  public void teach(String tenant, String eventId, String label, List<Float> features) {
    send(tenant, example(eventId, label).setPayload(new FeaturesPayload(features)).build());
  }

  private static SupportEvent.Builder example(String eventId, String label) {
    return SupportEvent.newBuilder()
        .setEventId(eventId)
        .setOperation(SupportOperation.ADD)
        .setLabel(label);
  }

  /** Sends any support event; null forgets the tenant. */
  public void send(String tenant, SupportEvent event) {
    pipe(topic("support"), tenant, event);
  }

  /** Sends any query. */
  public void send(String tenant, QueryEvent query) {
    pipe(topic("queries"), tenant, query);
  }

  /**
   * Asks about a text.
   *
   * @return the answer
   * @throws AssertionError if the query is not answered; {@link #deadLetters} may say why
   */
  public Prediction ask(String tenant, String queryId, String text) {
    send(
        tenant,
        QueryEvent.newBuilder().setQueryId(queryId).setPayload(new TextPayload(text)).build());
    return answer(queryId);
  }

  /** Asks about a vector, as {@link #ask(String, String, String)} does about a text. */
  public Prediction ask(String tenant, String queryId, List<Float> features) {
    send(
        tenant,
        QueryEvent.newBuilder()
            .setQueryId(queryId)
            .setPayload(new FeaturesPayload(features))
            .build());
    return answer(queryId);
  }

  private Prediction answer(String queryId) {
    return predictions().stream()
        .map(TestRecord::value)
        .filter(prediction -> prediction.getQueryId().equals(queryId))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("expected an answer to query " + queryId + ", found none"));
  }

  /** The predictions since the last call of this and of {@code ask}. */
  public List<TestRecord<String, Prediction>> predictions() {
    return read(topic("predictions"), Prediction.class);
  }

  /** The dead letters since the last call. */
  public List<DeadLetter> deadLetters() {
    return read(topic("dead-letters"), DeadLetter.class).stream().map(TestRecord::value).toList();
  }

  /**
   * The records of an output topic since the last call. Batches that wait are processed first.
   *
   * @param type of the values
   */
  public <T extends SpecificRecord> List<TestRecord<String, T>> read(String topic, Class<T> type) {
    driver.advanceWallClockTime(LINGER);
    TestOutputTopic<String, byte[]> output =
        driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    List<TestRecord<String, T>> records = new ArrayList<>();
    for (TestRecord<String, byte[]> record : output.readRecordsToList()) {
      Headers headers = record.headers();
      T value = type.cast(serde.deserializer().deserialize(topic, headers, record.value()));
      records.add(new TestRecord<>(record.key(), value, headers, record.getRecordTime()));
    }
    return records;
  }

  /** Kafka's driver, for everything else. */
  public TopologyTestDriver driver() {
    return driver;
  }

  private void pipe(String topic, String tenant, SpecificRecord value) {
    driver
        .createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(
            tenant == null ? null : tenant.getBytes(UTF_8),
            serde.serializer().serialize(topic, value));
  }

  private String topic(String purpose) {
    return settings.getOrDefault("topics." + purpose, purpose);
  }

  /** Closes the driver and deletes its state; closes the bundle that {@link #open} has opened. */
  @Override
  public void close() {
    driver.close();
    nodes.ifPresent(HyperFlowNodes::close);
    serde.close();
    Path state = Path.of(settings.get("state.dir"));
    if (!Files.exists(state)) {
      return;
    }
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
