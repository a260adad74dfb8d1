package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.topology.internal.BrokerFixture.Answered;
import io.micrometer.core.instrument.DistributionSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the test driver cannot show, as it commits after every record: batches of several, and what
 * happens to them at commits, crashes and restarts.
 */
@Timeout(300)
class BatchingOnABrokerTest {
  private static final int QUERIES = 2_000;
  private static final long PAST = 1_700_000_000_000L;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"exactly_once_v2,gate", "at_least_once,inbox"})
  void shouldFormBatchesAndAnswerEveryQueryOnce(String guarantee, String durability)
      throws Exception {
    try (BrokerFixture app =
        app("processing.guarantee", guarantee, "batch.durability", durability)) {
      app.start();
      app.teach();
      app.askTexts(0, QUERIES);

      assertAnsweredOnceInOrder(app.awaitPredictions(QUERIES), QUERIES);
      DistributionSummary size = app.meters.get("hyperflow.batch.size").summary();
      assertThat(size.max()).isBetween(2.0, 64.0);
      assertThat(size.count()).isBetween(1L, QUERIES / 2L);
      assertThat(app.meters.get("hyperflow.batches").counters())
          .hasSize(BrokerFixture.PARTITIONS)
          .allMatch(batches -> batches.count() > 0);
      assertThat(app.meters.get("hyperflow.batch.wait").timer().count()).isEqualTo(size.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbox", "gate"})
  void shouldAnswerFeaturesOnceInOrderWhetherOrNotTextsWaitBeforeThem(String durability)
      throws Exception {
    try (BrokerFixture app = app("batch.durability", durability)) {
      CrashingSerde.Plan crashes = CrashingSerde.plan(app.topic("predictions"), 301, 777);
      app.start();
      app.teach();
      for (int from = 0; from < QUERIES; from += 200) {
        app.ask(from, from + 150);
        app.askTexts(from + 150, from + 200);
      }

      assertAnsweredOnceInOrder(app.awaitPredictions(QUERIES), QUERIES);
      assertThat(crashes.isDone()).isTrue();
      DistributionSummary size = app.meters.get("hyperflow.batch.size").summary();
      assertThat(size.count()).isGreaterThan(QUERIES / 4);
      assertThat(size.max()).isGreaterThan(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"inbox,classic", "gate,classic", "inbox,streams"})
  void shouldLoseAndDoubleNothingWhenThreadsCrash(String durability, String protocol)
      throws Exception {
    try (BrokerFixture app =
        app("batch.durability", durability, "kafka.group.protocol", protocol)) {
      CrashingSerde.Plan crashes = CrashingSerde.plan(app.topic("predictions"), 301, 777);
      app.start();
      app.teach();
      app.askTexts(0, QUERIES);

      List<Answered> answers = app.awaitPredictions(QUERIES);
      app.stop();

      assertThat(crashes.isDone()).isTrue();
      assertAnsweredOnceInOrder(answers, QUERIES);
      assertAnsweredOnceInOrder(app.predictions(), QUERIES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbox", "gate"})
  void shouldLoseAndDoubleNothingWhenStoppedInMidStream(String durability) throws Exception {
    try (BrokerFixture app = app("batch.durability", durability)) {
      app.start();
      app.teach();
      app.askTexts(0, QUERIES);
      app.awaitPredictions(QUERIES / 10);
      app.stop();
      int answered = app.predictions().size();
      app.askTexts(QUERIES, 2 * QUERIES);
      app.start();

      assertThat(answered).isLessThanOrEqualTo(QUERIES);
      assertAnsweredOnceInOrder(app.awaitPredictions(2 * QUERIES), 2 * QUERIES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inbox", "gate"})
  void shouldReplayWhatWaitedInTheInboxInItsOrder(String durabilityAfterwards) throws Exception {
    try (BrokerFixture app = app("batch.size", "4096", "batch.linger.ms", "1000")) {
      // Given: records that are committed and whose batch is not processed
      app.start();
      app.teach();
      app.awaitCommitted("support");
      app.askTexts(0, 40);
      app.awaitCommitted("queries");
      app.stop();
      assertThat(app.predictions()).isEmpty();

      // When
      app.set("batch.size", "2");
      app.set("batch.durability", durabilityAfterwards);
      app.start();
      app.awaitPredictions(40);
      app.askTexts(40, 60);

      // Then
      List<Answered> answers = app.awaitPredictions(60);
      assertAnsweredOnceInOrder(answers, 60);
      assertThat(answers).allMatch(answer -> answer.prediction().getSupportCount() == 2);
    }
  }

  @Test
  void shouldGiveEveryOutputOfABatchItsOwnRecordsTimestampHeadersAndCoordinates() throws Exception {
    try (BrokerFixture app = app("batch.linger.ms", "300")) {
      // Given
      app.start();
      app.teach();
      int taught = 2 * BrokerFixture.PARTITIONS;
      int bad = 11;

      // When
      for (int i = 0; i < 20; i++) {
        float feature = i == bad ? Float.NaN : 0f;
        app.send("queries", i % 2, PAST + i, TopologyFixture.queryOf("q" + i, 1f, feature, 0f, 0f));
      }

      // Then
      ConsumerRecord<byte[], byte[]> record = app.awaitDeadLetters(1).get(0);
      DeadLetter letter = app.letter(record);
      assertThat(letter.getReason()).isEqualTo("NON_FINITE_FEATURES");
      assertThat(letter.getSourceTopic()).isEqualTo(app.topic("queries"));
      assertThat(letter.getSourcePartition()).isEqualTo(bad % 2);
      assertThat(letter.getSourceOffset()).isEqualTo(app.sent(taught + bad).offset());
      assertThat(letter.getSourceTimestampEpochMillis()).isEqualTo(PAST + bad);
      assertThat(letter.getValue().array()).isEqualTo(record.headers().lastHeader("own").value());
      assertThat(app.awaitPredictions(19))
          .hasSize(19)
          .allSatisfy(
              answer -> {
                int number = Integer.parseInt(answer.queryId().substring(1));
                assertThat(answer.tenant()).isEqualTo("tenant-" + number % 2);
                assertThat(answer.record().timestamp()).isEqualTo(PAST + number);
                assertThat(new String(answer.query(), UTF_8)).contains(answer.queryId());
              });
    }
  }

  @Test
  void shouldAnswerARecordFromTheFarFuture() throws Exception {
    try (BrokerFixture app = app()) {
      app.start();
      app.teach();
      long future = System.currentTimeMillis() + Duration.ofDays(365).toMillis();
      app.send("support", 0, future, TopologyFixture.example("e3", "green", 0f, 0f, 1f, 0f));
      app.send("queries", 0, future, TopologyFixture.queryOf("q0", 0f, 0f, 1f, 0f));
      app.send("queries", 1, TopologyFixture.queryOf("q1", 1f, 0f, 0f, 0f));

      assertThat(app.awaitPredictions(2))
          .allSatisfy(
              answer ->
                  assertThat(answer.record().timestamp())
                      .isLessThanOrEqualTo(System.currentTimeMillis()));
    }
  }

  @Test
  void shouldRunWithStandbys() throws Exception {
    try (BrokerFixture app = app("kafka.num.standby.replicas", "1", "batch.durability", "gate")) {
      KafkaStreams first = app.start();
      KafkaStreams second = app.start();
      BrokerFixture.await(() -> standbys(first) + standbys(second) == BrokerFixture.PARTITIONS);
      app.teach();
      app.askTexts(0, 200);

      assertAnsweredOnceInOrder(app.awaitPredictions(200), 200);
    }
  }

  private static int standbys(KafkaStreams streams) {
    return streams.metadataForLocalThreads().stream()
        .mapToInt(thread -> thread.standbyTasks().size())
        .sum();
  }

  /** Each of the queries once, and those of a partition in the order in which they were asked. */
  private static void assertAnsweredOnceInOrder(List<Answered> answers, int queries) {
    for (int tenant = 0; tenant < BrokerFixture.PARTITIONS; tenant++) {
      String key = "tenant-" + tenant;
      int remainder = tenant;
      assertThat(
              answers.stream().filter(answer -> key.equals(answer.tenant())).map(Answered::queryId))
          .containsExactlyElementsOf(
              IntStream.range(0, queries)
                  .filter(i -> i % BrokerFixture.PARTITIONS == remainder)
                  .mapToObj(i -> "q" + i)
                  .toList());
    }
  }

  private BrokerFixture app(String... settings) throws Exception {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return new BrokerFixture(directory, all, TopologyFixture.encoding(new SameFeatures()));
  }

  /** Makes the same features of every text. */
  private record SameFeatures() implements Encoder {
    @Override
    public String id() {
      return "same";
    }

    @Override
    public int dimension() {
      return TopologyFixture.DIMENSION;
    }

    @Override
    public float[][] encode(List<String> texts) {
      return texts.stream().map(text -> new float[] {1f, 0.1f, 0f, 0f}).toArray(float[][]::new);
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
