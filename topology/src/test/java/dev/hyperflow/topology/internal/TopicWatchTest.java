package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestBroker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TopicWatchTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final String id = TestBroker.freshName("watch");
  private final AtomicLong nanos = new AtomicLong();
  private final Admin admin = TestBroker.admin();
  private TopicWatch watch;

  @BeforeEach
  void createTopics() throws Exception {
    List<String> topics =
        List.of(
            id + "-support",
            id + "-queries",
            id + "-predictions",
            id + "-dead-letters",
            id + "-support-memory-changelog");
    TestBroker.createTopics(2, topics);
    for (String topic : topics) {
      await().ignoreExceptions().until(() -> TestBroker.partitions(topic) == 2);
    }
    watch = new TopicWatch(config(), TestBroker.admin(), nanos::get);
    watch.look();
    assertThat(watch.trouble(BOUND)).isEmpty();
  }

  @AfterEach
  void close() {
    watch.close();
    admin.close();
  }

  @Test
  void shouldNameASinkThatWasDeleted() throws Exception {
    delete("predictions");

    watch.look();

    assertThat(watch.trouble(BOUND)).contains("topic '" + id + "-predictions' was deleted");
  }

  @Test
  void shouldNameAChangelogThatWasDeletedAndMadeAnew() throws Exception {
    delete("support-memory-changelog");
    TestBroker.createTopics(2, List.of(id + "-support-memory-changelog"));
    await()
        .ignoreExceptions()
        .until(() -> TestBroker.partitions(id + "-support-memory-changelog") == 2);

    watch.look();

    assertThat(watch.trouble(BOUND))
        .contains("topic '" + id + "-support-memory-changelog' was deleted and made anew");
  }

  @Test
  void shouldSeeThatAnInputHasGrown() throws Exception {
    admin.createPartitions(Map.of(id + "-queries", NewPartitions.increaseTo(4))).all().get();
    await().until(() -> TestBroker.partitions(id + "-queries") == 4);

    watch.look();

    assertThat(watch.trouble(BOUND))
        .contains(
            "topic '" + id + "-queries' has 4 partitions and had 2 when the application started");
  }

  @ParameterizedTest
  @ValueSource(strings = {"support", "queries", "predictions", "dead-letters"})
  void shouldSeeThatATopicHasBecomeCompacted(String purpose) throws Exception {
    set(purpose, "compact");
    watch.look();
    assertThat(watch.trouble(BOUND))
        .contains(
            "topic '%s-%s' has become cleanup.policy=compact, which loses records: set it to delete"
                .formatted(id, purpose));

    set(purpose, "delete");
    watch.look();
    assertThat(watch.trouble(BOUND)).isEmpty();
  }

  private void set(String purpose, String policy) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, id + "-" + purpose);
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
    await().until(() -> TestBroker.setting(topic.name(), "cleanup.policy").equals(policy));
  }

  @Test
  void shouldNotMissAChangelogThatWasNeverThere() throws Exception {
    watch.look();

    assertThat(watch.trouble(Duration.ZERO)).isEmpty();
  }

  @Test
  void shouldSayThatTheBrokersAreAwayOnceTheyAreForLong() throws Exception {
    watch.close();
    Admin nowhere =
        Admin.create(
            Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "default.api.timeout.ms", 300,
                "request.timeout.ms", 300));
    watch = new TopicWatch(config(), nowhere, nanos::get);

    watch.look();
    assertThat(watch.trouble(BOUND)).isEmpty();
    nanos.addAndGet(BOUND.toNanos());
    watch.look();

    assertThat(watch.trouble(BOUND).orElseThrow()).startsWith("the brokers do not answer");
  }

  private void delete(String purpose) throws Exception {
    admin.deleteTopics(List.of(id + "-" + purpose)).all().get();
    await().until(() -> !admin.listTopics().names().get().contains(id + "-" + purpose));
  }

  private ApplicationConfig config() {
    Map<String, String> all = new HashMap<>();
    all.put("application.id", id);
    all.put("bootstrap.servers", TestBroker.bootstrapServers());
    all.put("schema.registry.url", "mock://watch");
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      all.put("topics." + topic, id + "-" + topic);
    }
    return ApplicationConfig.of(all);
  }
}
