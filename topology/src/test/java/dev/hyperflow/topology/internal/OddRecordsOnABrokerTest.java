package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What producers do that nobody thought of: each record has a fate, and the application lives. */
@Timeout(180)
class OddRecordsOnABrokerTest {
  private static final long A_DAY = 86_400_000;
  private static final String MARKS = "\u0301\u0301";

  @TempDir Path directory;

  @Test
  void shouldGiveEveryOddRecordAFate() throws Exception {
    try (BrokerFixture fixture = fixture("exactly_once_v2");
        RunningApplication app = start(fixture)) {
      fixture.teach();

      // Keys and values that are none
      fixture.sendKeyed("queries", "acme".getBytes(UTF_16), query("q-utf16"));
      fixture.sendKeyed("queries", "acme\0".getBytes(UTF_8), query("q-null-sign"));
      fixture.sendKeyed("queries", new byte[0], query("q-empty-key"));
      fixture.sendKeyed("queries", null, query("q-no-key"));
      fixture.sendKeyed("queries", MARKS.getBytes(UTF_8), query("q-marks"));
      fixture.sendBytes("queries", 0, null);
      fixture.sendBytes("queries", 0, new byte[0]);
      fixture.sendBytes("queries", 0, new byte[] {0});
      fixture.sendBytes("support", 0, "{\"label\":\"red\"}".getBytes(UTF_8));
      fixture.send("support", 0, TopologyFixture.example("e-marks", MARKS, 1f, 0f, 0f, 0f));
      fixture.send("support", 0, TopologyFixture.example(MARKS, "red", 1f, 0f, 0f, 0f));
      fixture.sendBytes("queries", 0, fixture.bytes("support", example("e9", "red", 1f)));

      Map<String, Long> letters =
          fixture.awaitDeadLetters(12).stream()
              .map(fixture::letter)
              .collect(Collectors.groupingBy(DeadLetter::getReason, Collectors.counting()));
      assertThat(letters)
          .isEqualTo(
              Map.of(
                  "UNDECODABLE_KEY", 2L,
                  "NULL_KEY", 2L,
                  "INVISIBLE_SIGN", 3L,
                  "NULL_VALUE", 1L,
                  "UNDECODABLE", 4L));

      // Clocks that are wrong: the record's time is what it says
      long now = System.currentTimeMillis();
      fixture.send("queries", 0, now + 365 * A_DAY, query("q-next-year"));
      fixture.send("queries", 1, 0L, query("q-1970"));
      assertThat(fixture.awaitPredictions(2))
          .extracting(BrokerFixture.Answered::queryId)
          .containsExactlyInAnyOrder("q-next-year", "q-1970");
      assertThat(fixture.predictions())
          .allMatch(answer -> answer.prediction().getStatus() == PredictionStatus.PERSONALISED);
      assertThat(app.failure()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exactly_once_v2", "at_least_once"})
  void shouldNotLearnWhatAProducerHasTakenBack(String guarantee) throws Exception {
    try (BrokerFixture fixture = fixture(guarantee);
        RunningApplication app = start(fixture)) {
      fixture.teach();
      byte[] label =
          fixture.bytes("support", TopologyFixture.example("e-aborted", "green", 1f, 0f, 0f, 0f));
      try (Producer<byte[], byte[]> producer = TestBroker.transactionalProducer()) {
        producer.beginTransaction();
        producer.send(record(fixture, "support", label)).get();
        producer.abortTransaction();
        producer.beginTransaction();
        producer.send(record(fixture, "queries", fixture.bytes("queries", query("q")))).get();
        producer.commitTransaction();
      }

      assertThat(fixture.awaitPredictions(1))
          .allMatch(answer -> answer.prediction().getSupportCount() == 2);
      assertThat(app.failure()).isEmpty();
    }
  }

  @Test
  void shouldTakeTheTimeOfABrokerThatStampsRecordsItself() throws Exception {
    try (BrokerFixture fixture = fixture("exactly_once_v2")) {
      for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
        stampByBroker(fixture.topic(topic));
      }
      try (RunningApplication app = start(fixture)) {
        long before = System.currentTimeMillis();
        for (int tenant = 0; tenant < BrokerFixture.PARTITIONS; tenant++) {
          fixture.send("support", tenant, 1L, example("e1", "red", 1f));
          fixture.send("support", tenant, 1L, example("e2", "blue", 0f));
        }
        fixture.awaitCommitted("support");
        fixture.ask(0, 10);

        assertThat(fixture.awaitPredictions(10))
            .allMatch(answer -> answer.prediction().getSupportCount() == 2)
            .allMatch(answer -> answer.record().timestamp() >= before);
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      BrokerFixture fixture, String purpose, byte[] value) {
    return new ProducerRecord<>(fixture.topic(purpose), 0, "tenant-0".getBytes(UTF_8), value);
  }

  private static SupportEvent example(String id, String label, float first) {
    return TopologyFixture.example(id, label, first, 1 - first, 0f, 0f);
  }

  private static QueryEvent query(String id) {
    return TopologyFixture.queryOf(id, 1f, 0.1f, 0f, 0f);
  }

  private static void stampByBroker(String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp set =
        new AlterConfigOp(
            new ConfigEntry("message.timestamp.type", "LogAppendTime"), AlterConfigOp.OpType.SET);
    try (Admin admin = TestBroker.admin()) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }
    BrokerFixture.await(
        () -> TestBroker.setting(topic, "message.timestamp.type").equals("LogAppendTime"));
  }

  private static RunningApplication start(BrokerFixture fixture) throws InterruptedException {
    RunningApplication app = RunningApplication.start(fixture.config(0));
    assertThat(app.awaitRunning(Duration.ofSeconds(60))).isTrue();
    return app;
  }

  private BrokerFixture fixture(String guarantee) throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("bundle", TestBundles.write(directory, "bundle"));
    settings.put("processing.guarantee", guarantee);
    settings.put("batch.linger.ms", "5");
    return new BrokerFixture(directory, settings);
  }
}
