package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.DeadLetterStage;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.PackedFeaturesPayload;
import dev.hyperflow.events.PackedType;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.events.QueryConsistency;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TenantSettings;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.models.Golden;
import dev.hyperflow.topology.internal.emit.Predictions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperFlowTopologyTest {
  private static final byte[] TENANT = "t".getBytes(UTF_8);
  private static final byte[] NOTHING = null;

  @TempDir Path stateDirectory;
  private TopologyFixture topology;

  @BeforeEach
  void open() {
    topology = new TopologyFixture(stateDirectory, Map.of());
  }

  @AfterEach
  void close() {
    topology.close();
  }

  @Test
  void shouldKeepTheDrawnGraph() {
    Golden.assertGolden(
        "topology.txt",
        HyperFlowTopology.build(
                TopologyFixture.config(stateDirectory, Map.of()), TopologyFixture.MODEL)
            .describe()
            .toString(),
        "names of stores and nodes are names of changelog topics and metrics: a new name needs a"
            + " note in CHANGELOG.md and a new application.id or a reset of running applications");
  }

  @Test
  void shouldAdaptAHeadAndAnswerWithIt() {
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    topology.add("t", "e2", "blue", 0f, 1f, 0f, 0f);
    topology.query("t", "q1", 0.9f, 0.1f, 0f, 0f);

    TestRecord<String, Prediction> record = topology.predictionRecords().get(0);

    Prediction prediction = record.value();
    assertThat(record.key()).isEqualTo("t");
    assertThat(prediction.getQueryId()).isEqualTo("q1");
    assertThat(prediction.getStatus()).isEqualTo(PredictionStatus.PERSONALISED);
    assertThat(prediction.getLabel()).isEqualTo("red");
    assertThat(prediction.getInitialLabel()).isEqualTo("red");
    assertThat(prediction.getConfidence())
        .isEqualTo(prediction.getTopLabels().get(0).getProbability());
    assertThat(prediction.getBundleId()).startsWith("minilm-analytic-v0@");
    assertThat(prediction.getSupportFingerprint()).matches("[0-9a-f]{32}");
    assertThat(prediction.getSupportCount()).isEqualTo(2);
    assertThat(prediction.getLabelCount()).isEqualTo(2);
    assertThat(
            ByteBuffer.wrap(record.headers().lastHeader(Predictions.SUPPORT_EVENTS_HEADER).value())
                .getLong())
        .isEqualTo(2);
  }

  @Test
  void shouldPublishTheHeadAndTakeItBackWhenTheTenantIsForgotten() {
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    topology.query("t", "q1", 1f, 0f, 0f, 0f);
    topology.support.pipeInput(TENANT, NOTHING);

    List<TestRecord<String, AdaptedHead>> heads = topology.read("heads", AdaptedHead.class);

    assertThat(heads).hasSize(2);
    assertThat(heads.get(0).value().getLabels()).containsExactly("red");
    assertThat(heads.get(0).value().getWeights().remaining())
        .isEqualTo((TopologyFixture.DIMENSION + 1) * Float.BYTES);
    assertThat(heads.get(1).value()).isNull();
  }

  @Test
  void shouldKeepTheHeadersOfTheQuery() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("traceparent", "00-1-2-01".getBytes(UTF_8));
    topology.queries.pipeInput(
        new TestRecord<>(
            TENANT,
            topology.bytes("queries", TopologyFixture.queryOf("q", 1f, 0f, 0f, 0f)),
            headers));

    assertThat(topology.predictionRecords().get(0).headers().lastHeader("traceparent").value())
        .isEqualTo("00-1-2-01".getBytes(UTF_8));
  }

  @Test
  void shouldTreatANullValueAsForgettingTheTenant() {
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    topology.support.pipeInput(TENANT, NOTHING);
    topology.query("t", "q1", 1f, 0f, 0f, 0f);

    assertThat(topology.predictions().get(0).getStatus()).isEqualTo(PredictionStatus.NO_LABELS);
    assertThat(topology.driver.getKeyValueStore("support-memory").approximateNumEntries()).isZero();
  }

  @Test
  void shouldTakeFeaturesPackedAsBytes() {
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    ByteBuffer packed = ByteBuffer.allocate(16).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    packed.putFloat(1).putFloat(0).putFloat(0).putFloat(0).flip();
    pipeQuery(new PackedFeaturesPayload(PackedType.FLOAT32, packed));

    assertThat(topology.predictions()).hasSize(1);
  }

  @Test
  void shouldSendWhatItCannotDecodeToDeadLettersWithItsOwnCoordinates() {
    topology.query("t", "good-1", 1f, 0f, 0f, 0f);
    byte[] garbage = {1, 2, 3};
    topology.queries.pipeInput(TENANT, garbage);
    topology.query("t", "good-2", 1f, 0f, 0f, 0f);

    TestRecord<String, DeadLetter> record = topology.deadLetters().get(0);
    DeadLetter letter = record.value();
    assertThat(letter.getReason()).isEqualTo("UNDECODABLE");
    assertThat(letter.getStage()).isEqualTo(DeadLetterStage.DECODE);
    assertThat(letter.getSourceTopic()).isEqualTo("queries");
    assertThat(letter.getSourceOffset()).isEqualTo(1);
    assertThat(letter.getValue().array()).isEqualTo(garbage);
    assertThat(letter.getTenant()).isEqualTo("t");
    assertThat(new String(record.headers().lastHeader("__streams.errors.offset").value(), UTF_8))
        .isEqualTo("1");
    assertThat(topology.predictions())
        .extracting(Prediction::getQueryId)
        .containsExactly("good-1", "good-2");
  }

  @Test
  void shouldKeepADeadLetterSmallHoweverLargeItsRecord() {
    byte[] huge = new byte[3 << 20];
    huge[0] = 1;
    RecordHeaders headers = new RecordHeaders();
    headers.add("blob", new byte[2 << 20]);
    topology.queries.pipeInput(new TestRecord<>(huge, huge, headers));

    TestRecord<String, DeadLetter> record = topology.deadLetters().get(0);

    DeadLetter letter = record.value();
    assertThat(letter.getTruncated()).isTrue();
    assertThat(letter.getSourceOffset()).isZero();
    assertThat(record.key()).isNull();
    assertThat(record.headers().lastHeader("blob")).isNull();
    assertThat(topology.bytes("dead-letters", letter)).hasSizeLessThan(1 << 20);
  }

  @Test
  void shouldTakeBackAPublishedHeadWhenAnExampleIsRetracted() {
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    topology.query("t", "q1", 1f, 0f, 0f, 0f);
    SupportEvent retraction = event(SupportOperation.RETRACT);
    retraction.setTargetEventId("e1");
    pipeSupport(retraction);

    assertThat(topology.read("heads", AdaptedHead.class))
        .extracting(TestRecord::value)
        .last()
        .isNull();
  }

  @Test
  void shouldAnswerOnlyWhenTheBatchIsFullOrItsOldestEventWaitedLongEnough() {
    topology.close();
    topology =
        new TopologyFixture(stateDirectory, Map.of("batch.size", "3", "batch.linger.ms", "20"));
    topology.query("t", "q1", 1f, 0f, 0f, 0f);
    topology.driver.advanceWallClockTime(Duration.ofMillis(10));
    topology.query("t", "q2", 1f, 0f, 0f, 0f);
    topology.driver.advanceWallClockTime(Duration.ofMillis(9));
    assertThat(topology.answeredSoFar()).isEmpty();

    topology.driver.advanceWallClockTime(Duration.ofMillis(1));
    assertThat(topology.answeredSoFar()).containsExactly("q1", "q2");

    topology.query("t", "q3", 1f, 0f, 0f, 0f);
    topology.query("t", "q4", 1f, 0f, 0f, 0f);
    assertThat(topology.answeredSoFar()).isEmpty();
    topology.query("t", "q5", 1f, 0f, 0f, 0f);
    assertThat(topology.answeredSoFar()).containsExactly("q3", "q4", "q5");
    assertThat(topology.driver.getKeyValueStore("inbox").all()).toIterable().isEmpty();
  }

  @Test
  void shouldNotLetARecordWaitThatIsTooLargeForTheInbox() {
    topology.query("t", "q1", 1f, 0f, 0f, 0f);
    RecordHeaders headers = new RecordHeaders();
    headers.add("blob", new byte[600 * 1024]);
    topology.queries.pipeInput(
        new TestRecord<>(
            TENANT,
            topology.bytes("queries", TopologyFixture.queryOf("q2", 1f, 0f, 0f, 0f)),
            headers));

    assertThat(topology.answeredSoFar()).containsExactly("q1", "q2");
  }

  @ParameterizedTest
  @CsvSource({"batch.size,1", "batch.linger.ms,0", "batch.durability,gate"})
  void shouldAnswerAtOnceWhenAskedTo(String setting, String value) {
    topology.close();
    topology = new TopologyFixture(stateDirectory, Map.of(setting, value));
    topology.query("t", "q1", 1f, 0f, 0f, 0f);

    // The test driver commits after every record, so a gate never lets one wait there.
    assertThat(topology.answeredSoFar()).containsExactly("q1");
  }

  @Test
  void shouldCountWhatTheEngineDid() {
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    topology.query("t", "q1", 1f, 0f, 0f, 0f);
    SupportEvent unknown = event(SupportOperation.RETRACT);
    unknown.setTargetEventId("nobody");
    pipeSupport(unknown);

    assertThat(topology.total("hyperflow.answers")).isEqualTo(1);
    assertThat(topology.total("hyperflow.integrations")).isEqualTo(1);
    assertThat(topology.total("hyperflow.events.ignored")).isEqualTo(1);
    assertThat(topology.total("hyperflow.dead.letters")).isZero();
  }

  @Test
  void shouldCountARefusalOnceWhereverItHappens() {
    topology.query("t", "refused-by-the-engine", 1f);
    topology.queries.pipeInput(TENANT, new byte[] {1, 2, 3});

    assertThat(topology.total("hyperflow.dead.letters")).isEqualTo(2);
    assertThat(topology.total("hyperflow.events")).isEqualTo(1);
    assertThat(topology.deadLetters()).hasSize(2);
  }

  @Test
  void shouldGiveEveryRefusalItsReason() {
    byte[] truncated = topology.bytes("queries", TopologyFixture.queryOf("q", 1f, 0f, 0f, 0f));
    topology.queries.pipeInput(TENANT, new byte[0]);
    topology.queries.pipeInput(TENANT, java.util.Arrays.copyOf(truncated, truncated.length - 3));
    topology.queries.pipeInput(null, truncated);
    topology.queries.pipeInput(new byte[0], truncated);
    topology.queries.pipeInput(new byte[] {(byte) 0xff}, truncated);
    topology.queries.pipeInput(TENANT, NOTHING);
    topology.queries.pipeInput(
        TENANT, topology.bytes("support", TopologyFixture.example("e", "red", 1f)));
    pipeQuery(new FeaturesPayload(List.of(1f, Float.NaN, 0f, 0f)));
    pipeQuery(new FeaturesPayload(List.of(1f)));
    pipeQuery(new FeaturesPayload(List.of()));
    pipeQuery(new PackedFeaturesPayload(PackedType.FLOAT32, ByteBuffer.wrap(new byte[5])));
    pipeQuery(new TextPayload(" "));
    pipeQuery(new TextPayload("x".repeat(10_001)));
    pipeQuery(new TextPayload("words, but the bundle of this test has no encoder"));

    assertThat(topology.deadLetters())
        .extracting(record -> record.value().getReason())
        .containsExactlyInAnyOrder(
            "UNDECODABLE",
            "UNDECODABLE",
            "NULL_KEY",
            "NULL_KEY",
            "UNDECODABLE_KEY",
            "NULL_VALUE",
            "UNDECODABLE",
            "NON_FINITE_FEATURES",
            "WRONG_DIMENSION",
            "MALFORMED_FEATURES",
            "MALFORMED_FEATURES",
            "EMPTY_TEXT",
            "TEXT_TOO_LONG",
            "NO_ENCODER");
    assertThat(topology.predictions()).isEmpty();
  }

  @Test
  void shouldGiveEveryRefusedSupportEventItsReason() {
    pipeSupport(event(SupportOperation.UNKNOWN));
    pipeSupport(event(SupportOperation.ADD));
    pipeSupport(event(SupportOperation.RETRACT));
    pipeSupport(event(SupportOperation.FORGET_LABEL));
    SupportEvent expired = TopologyFixture.example("e", "red", 1f, 0f, 0f, 0f);
    expired.setExpiresAtEpochMillis(0L);
    pipeSupport(expired);
    SupportEvent longBefore = TopologyFixture.example("e", "red", 1f, 0f, 0f, 0f);
    longBefore.setExpiresAtEpochMillis(Long.MIN_VALUE);
    pipeSupport(longBefore);

    assertThat(reasons())
        .containsExactly(
            "UNKNOWN_OPERATION",
            "MISSING_FIELD",
            "MISSING_FIELD",
            "MISSING_FIELD",
            "EXPIRY_OUT_OF_RANGE",
            "EXPIRY_OUT_OF_RANGE");
  }

  @Test
  void shouldNameTheFieldThatADescriptionOrAFeedbackLacks() {
    SupportEvent withoutPayload = event(SupportOperation.DESCRIBE_LABEL);
    withoutPayload.setLabel("red");
    SupportEvent withoutQuery = event(SupportOperation.FEEDBACK);
    withoutQuery.setLabel("red");
    pipeSupport(event(SupportOperation.DESCRIBE_LABEL));
    pipeSupport(withoutPayload);
    pipeSupport(event(SupportOperation.FEEDBACK));
    pipeSupport(withoutQuery);
    pipeSupport(event(SupportOperation.CONFIGURE));

    assertThat(topology.deadLetters())
        .extracting(record -> record.value().getMessage())
        .containsExactly(
            "label: expected a value for DESCRIBE_LABEL, found null",
            "payload: expected a value for DESCRIBE_LABEL, found null",
            "label: expected a value for FEEDBACK, found null",
            "queryId: expected a value for FEEDBACK, found null",
            "settings: expected a value for CONFIGURE, found null");
  }

  @Test
  void shouldRefuseBlankIdsAndSettingsOutOfRange() {
    SupportEvent feedback = event(SupportOperation.FEEDBACK);
    feedback.setLabel("red");
    feedback.setQueryId(" ");
    pipeSupport(feedback);
    pipeSupport(configuring(QueryConsistency.UNKNOWN, null, null));
    pipeSupport(configuring(null, 0, null));
    pipeSupport(configuring(null, 65_537, null));
    pipeSupport(configuring(null, null, 1.5f));
    pipeSupport(configuring(null, null, Float.NaN));
    feedback.setQueryId("q");
    pipeSupport(feedback);

    assertThat(reasons())
        .containsExactlyInAnyOrder(
            "MISSING_FIELD",
            "UNSUPPORTED_OPERATION",
            "SETTING_OUT_OF_RANGE",
            "SETTING_OUT_OF_RANGE",
            "SETTING_OUT_OF_RANGE",
            "SETTING_OUT_OF_RANGE",
            "SETTING_OUT_OF_RANGE");
  }

  @Test
  void shouldServeDescriptionFeedbackAndSettings() {
    reopen(Map.of("feedback.window.ms", "1000"));
    SupportEvent description = TopologyFixture.example("d", "red", 1f, 0f, 0f, 0f);
    description.setOperation(SupportOperation.DESCRIBE_LABEL);
    pipeSupport(description);
    pipeSupport(configuring(QueryConsistency.FRESH, 7, 1f));
    topology.query("t", "q1", 0f, 1f, 0f, 0f);
    topology.letLingerPass();
    SupportEvent feedback = event(SupportOperation.FEEDBACK);
    feedback.setLabel("blue");
    feedback.setQueryId("q1");
    pipeSupport(feedback);
    topology.query("t", "q2", 0f, 1f, 0f, 0f);

    List<Prediction> predictions = topology.predictions();

    assertThat(predictions)
        .extracting(Prediction::getStatus, Prediction::getLabel)
        .containsExactly(
            tuple(PredictionStatus.COLD_START, "red"),
            tuple(PredictionStatus.PERSONALISED, "blue"));
    assertThat(predictions.get(1).getAbstained()).isTrue();
    assertThat(topology.deadLetters()).isEmpty();
  }

  @Test
  void shouldPutAMemoryTogetherThatACrashLeftInPieces() {
    // Given the examples and meta record of a tenant without its index
    topology.add("t", "e1", "red", 1f, 0f, 0f, 0f);
    topology.add("t", "e2", "blue", 0f, 1f, 0f, 0f);
    topology.letLingerPass();
    List<KeyValue<Bytes, byte[]>> examples = content("support-memory");
    List<KeyValue<Bytes, byte[]>> meta = content("tenant-meta");
    reopen(Map.of("processing.guarantee", "at_least_once"));
    topology.driver.<Bytes, byte[]>getKeyValueStore("support-memory").putAll(examples);
    topology.driver.<Bytes, byte[]>getKeyValueStore("tenant-meta").putAll(meta);

    // When an example is retracted, which nobody could find
    SupportEvent retraction = event(SupportOperation.RETRACT);
    retraction.setTargetEventId("e1");
    pipeSupport(retraction);
    topology.query("t", "q", 1f, 0f, 0f, 0f);

    // Then it is gone
    assertThat(topology.predictions()).extracting(Prediction::getLabel).containsExactly("blue");
    assertThat(topology.total("hyperflow.tenants.healed")).isEqualTo(1);
  }

  private List<KeyValue<Bytes, byte[]>> content(String store) {
    List<KeyValue<Bytes, byte[]>> content = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries =
        topology.driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
      entries.forEachRemaining(content::add);
    }
    return content;
  }

  private void reopen(Map<String, String> settings) {
    topology.close();
    topology = new TopologyFixture(stateDirectory, settings);
  }

  private List<String> reasons() {
    return topology.deadLetters().stream().map(record -> record.value().getReason()).toList();
  }

  private static SupportEvent configuring(
      QueryConsistency consistency, Integer examplesPerLabel, Float abstainBelow) {
    SupportEvent event = event(SupportOperation.CONFIGURE);
    event.setSettings(new TenantSettings(examplesPerLabel, consistency, abstainBelow, true));
    return event;
  }

  private static SupportEvent event(SupportOperation operation) {
    return SupportEvent.newBuilder().setEventId("e").setOperation(operation).build();
  }

  private void pipeSupport(SupportEvent event) {
    topology.support.pipeInput(TENANT, topology.bytes("support", event));
  }

  private void pipeQuery(Object payload) {
    topology.queries.pipeInput(
        TENANT,
        topology.bytes(
            "queries", QueryEvent.newBuilder().setQueryId("q").setPayload(payload).build()));
  }
}
