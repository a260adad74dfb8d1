package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.rollout.TestBundles;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that take smaller or larger records than usual. */
@Timeout(180)
class RecordLimitsOnABrokerTest {
  private static final String LIMIT = "max.message.bytes";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {8_192, 20_000, 262_144})
  void shouldCutLettersAndHeadersToATopicWithASmallLimit(int limit) throws Exception {
    try (BrokerFixture fixture = fixture()) {
      limit(fixture, "dead-letters", limit);
      limit(fixture, "predictions", Math.max(limit, 10_000));
      try (RunningApplication app = start(fixture)) {
        fixture.teach();

        fixture.sendBytes("queries", "tenant-0", new byte[900_000]);
        fixture.sendBytes("support", "k".repeat(30_000), new byte[900_000]);
        fixture.ask(0, 4, new byte[60_000]);

        List<ConsumerRecord<byte[], byte[]>> letters = fixture.awaitDeadLetters(2);
        assertThat(letters).hasSize(2).map(fixture::letter).allMatch(DeadLetter::getTruncated);
        assertThat(letters.get(0).value().length + letters.get(1).value().length)
            .isGreaterThan(limit);
        assertThat(fixture.awaitPredictions(4)).hasSize(4);
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldKeepWholeWhatATopicWithALargeLimitTakes() throws Exception {
    int bytes = 3 << 20;
    try (BrokerFixture fixture = fixture()) {
      limit(fixture, "dead-letters", 4 << 20);
      limit(fixture, "queries", 4 << 20);
      try (RunningApplication app = start(fixture)) {
        fixture.sendLarge("queries", "tenant-0", new byte[bytes]);

        DeadLetter letter = fixture.letter(fixture.awaitDeadLetters(1).get(0));
        assertThat(letter.getTruncated()).isFalse();
        assertThat(letter.getValue().remaining()).isEqualTo(bytes);
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"dead-letters,8000", "predictions,4000", "quality,1000"})
  void shouldRefuseATopicThatIsTooSmallForItsRecords(String purpose, int limit) throws Exception {
    try (BrokerFixture fixture = fixture()) {
      createCompacted(fixture, "quality");
      limit(fixture, purpose, limit);

      assertThatThrownBy(() -> RunningApplication.start(fixture.config(0)))
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith(
              "topics.%s: expected '%s' to take records of"
                  .formatted(purpose, fixture.topic(purpose)))
          .hasMessageEndingWith("found %d. Raise max.message.bytes of the topic".formatted(limit));
    }
  }

  @Test
  void shouldRefuseHeadsThatTheirTopicDoesNotTake() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      createCompacted(fixture, "heads");
      limit(fixture, "heads", 20_000);

      assertThatThrownBy(() -> RunningApplication.start(fixture.config(0)))
          .isInstanceOf(StartupException.class)
          .hasMessageStartingWith("topics.heads: expected heads of at most 20000 bytes");
    }
  }

  @Test
  void shouldWithdrawAHeadWithoutTheHeadersOfTheRemoval() throws Exception {
    try (BrokerFixture fixture = fixture()) {
      createCompacted(fixture, "heads");
      limit(fixture, "heads", 300_000);
      try (RunningApplication app = start(fixture)) {
        fixture.teach();
        fixture.ask(0, 2);
        fixture.awaitPredictions(2);

        fixture.forget("tenant-0", new byte[900_000]);

        BrokerFixture.await(
            () ->
                TestBroker.committed(fixture.topic("heads")).stream()
                    .anyMatch(head -> head.value() == null));
        assertThat(app.failure()).isEmpty();
      }
    }
  }

  @Test
  void shouldMakeChangelogsThatTakeWhatInputsTakeWhateverTheBrokersTakeByDefault()
      throws Exception {
    try (BrokerFixture fixture = fixture();
        RunningApplication app = start(fixture);
        Admin admin = TestBroker.admin()) {
      Set<String> changelogs =
          admin.listTopics().names().get().stream()
              .filter(name -> name.startsWith(fixture.applicationId()))
              .filter(name -> name.endsWith("-changelog"))
              .collect(Collectors.toSet());
      assertThat(changelogs).hasSizeGreaterThan(4);
      for (String changelog : changelogs) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, changelog);
        ConfigEntry limit =
            admin.describeConfigs(List.of(resource)).all().get().get(resource).get(LIMIT);
        assertThat(limit.value()).isEqualTo("1048588");
        assertThat(limit.source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
      }
      assertThat(app.failure()).isEmpty();
    }
  }

  private static void createCompacted(BrokerFixture fixture, String purpose) throws Exception {
    fixture.set("topics." + purpose, fixture.topic(purpose));
    try (Admin admin = TestBroker.admin()) {
      NewTopic topic =
          new NewTopic(fixture.topic(purpose), 1, (short) 1)
              .configs(Map.of("cleanup.policy", "compact"));
      admin.createTopics(List.of(topic)).all().get();
    }
    BrokerFixture.await(
        () -> {
          try (Admin admin = TestBroker.admin()) {
            return admin.listTopics().names().get().contains(fixture.topic(purpose));
          }
        });
  }

  private static void limit(BrokerFixture fixture, String purpose, int bytes) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, fixture.topic(purpose));
    try (Admin admin = TestBroker.admin()) {
      AlterConfigOp set =
          new AlterConfigOp(
              new ConfigEntry(LIMIT, Integer.toString(bytes)), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    }
    BrokerFixture.await(
        () -> TestBroker.setting(fixture.topic(purpose), LIMIT).equals(Integer.toString(bytes)));
  }

  private static RunningApplication start(BrokerFixture fixture) throws InterruptedException {
    RunningApplication app = RunningApplication.start(fixture.config(0));
    assertThat(app.awaitRunning(PATIENCE)).isTrue();
    return app;
  }

  private BrokerFixture fixture() throws Exception {
    Map<String, String> settings = new HashMap<>();
    settings.put("bundle", TestBundles.write(directory, "bundle"));
    settings.put("limits.feature-dimension", "16");
    settings.put("batch.linger.ms", "5");
    return new BrokerFixture(directory, settings);
  }
}
