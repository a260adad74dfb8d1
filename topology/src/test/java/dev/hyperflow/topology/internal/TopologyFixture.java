package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.schemas.serde.SpecificAvroSerde;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.metrics.ApplicationMeters;
import dev.hyperflow.topology.internal.rollout.BundleRollout;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The topology in the test driver, with real serdes on an in-memory registry and the shipped
 * bundle's real drift network on 4 features.
 */
final class TopologyFixture implements AutoCloseable {
  static final int DIMENSION = 4;
  private static final Bundle BUNDLE =
      Bundle.load(
          "classpath:bundles/minilm-analytic-v0",
          BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false));
  static final AdaptationModel MODEL =
      new AdaptationModel(
          BUNDLE.id(),
          Optional.empty(),
          OptionalInt.of(DIMENSION),
          BUNDLE.integrator(),
          BUNDLE.calibration());

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final TopologyTestDriver driver;
  final TestInputTopic<byte[], byte[]> support;
  final TestInputTopic<byte[], byte[]> queries;
  private final SpecificAvroSerde<SpecificRecord> serde = new SpecificAvroSerde<>();

  TopologyFixture(Path stateDirectory, Map<String, String> more) {
    ApplicationConfig config = config(stateDirectory, more);
    driver =
        new TopologyTestDriver(
            HyperFlowTopology.build(
                config, BundleRollout.fixed(MODEL), Telemetry.of(new ApplicationMeters(meters, 0))),
            config.streams());
    serde.configure(config.serdeSettings(), false);
    support = input("support");
    queries = input("queries");
  }

  /** The same model with an encoder of texts. */
  static AdaptationModel encoding(Encoder encoder) {
    return new AdaptationModel(
        MODEL.bundleId(),
        Optional.of(encoder),
        MODEL.dimension(),
        MODEL.integrator(),
        MODEL.calibration());
  }

  static ApplicationConfig config(Path stateDirectory, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "unused:9092");
    settings.put("schema.registry.url", "mock://topology-fixture");
    settings.put("state.dir", stateDirectory.toString());
    settings.put("topics.heads", "heads");
    settings.putAll(more);
    return ApplicationConfig.of(settings);
  }

  void add(String tenant, String eventId, String label, Float... features) {
    support.pipeInput(tenant.getBytes(UTF_8), bytes("support", example(eventId, label, features)));
  }

  void query(String tenant, String queryId, Float... features) {
    queries.pipeInput(tenant.getBytes(UTF_8), bytes("queries", queryOf(queryId, features)));
  }

  static SupportEvent example(String eventId, String label, Float... features) {
    return SupportEvent.newBuilder()
        .setEventId(eventId)
        .setOperation(SupportOperation.ADD)
        .setLabel(label)
        .setPayload(new FeaturesPayload(List.of(features)))
        .build();
  }

  static QueryEvent queryOf(String queryId, Float... features) {
    return QueryEvent.newBuilder()
        .setQueryId(queryId)
        .setPayload(new FeaturesPayload(List.of(features)))
        .build();
  }

  byte[] bytes(String topic, SpecificRecord value) {
    return serde.serializer().serialize(topic, value);
  }

  List<Prediction> predictions() {
    return predictionRecords().stream().map(TestRecord::value).toList();
  }

  /** The ids of queries that were answered by now, without waiting for a batch. */
  List<String> answeredSoFar() {
    return readSoFar("predictions", Prediction.class).stream()
        .map(record -> record.value().getQueryId())
        .toList();
  }

  List<TestRecord<String, Prediction>> predictionRecords() {
    return read("predictions", Prediction.class);
  }

  List<TestRecord<String, DeadLetter>> deadLetters() {
    return read("dead-letters", DeadLetter.class);
  }

  <T extends SpecificRecord> List<TestRecord<String, T>> read(String topic, Class<T> type) {
    letLingerPass();
    return readSoFar(topic, type);
  }

  private <T extends SpecificRecord> List<TestRecord<String, T>> readSoFar(
      String topic, Class<T> type) {
    TestOutputTopic<String, byte[]> output =
        driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    List<TestRecord<String, T>> records = new ArrayList<>();
    for (TestRecord<String, byte[]> record : output.readRecordsToList()) {
      Headers headers = record.headers();
      T value =
          record.value() == null
              ? null
              : type.cast(serde.deserializer().deserialize(topic, headers, record.value()));
      records.add(new TestRecord<>(record.key(), value, headers, record.getRecordTime()));
    }
    return records;
  }

  /** What a counter counted, over all values of its tags, when no event waits any more. */
  double total(String counter) {
    letLingerPass();
    return meters.find(counter).counters().stream().mapToDouble(Counter::count).sum();
  }

  /** Lets what waits for its batch be processed. */
  void letLingerPass() {
    driver.advanceWallClockTime(Duration.ofSeconds(1));
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @Override
  public void close() {
    driver.close();
    serde.close();
  }
}
