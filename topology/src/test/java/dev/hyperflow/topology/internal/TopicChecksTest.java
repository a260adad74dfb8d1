package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestBroker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicChecksTest {
  private static final String NOBODY = "127.0.0.1:9";

  private final String prefix = TestBroker.freshName("checks") + "-";

  @Test
  void shouldNameTheBrokersThatDoNotAnswer() {
    ApplicationConfig config = config(NOBODY, "startup.timeout.ms", "200");

    assertThatThrownBy(() -> TopicChecks.run(config))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("brokers: expected")
        .hasMessageContaining("bootstrap.servers=" + NOBODY)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldNameTheBrokersThatCannotBeResolved() {
    ApplicationConfig config = config("no-such-host.invalid:9092", "startup.timeout.ms", "200");

    assertThatThrownBy(() -> TopicChecks.run(config))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("bootstrap.servers=no-such-host.invalid:9092");
  }

  @Test
  void shouldCreateMissingTopicsAsTheyAreNeeded() throws Exception {
    TopicChecks.run(
        onBroker(
            "topics.partitions", "3",
            "topics.heads", prefix + "heads",
            "topics.bundles", prefix + "bundles"));

    List.of("support", "predictions", "heads", "bundles").forEach(this::awaitTopic);
    assertThat(TestBroker.partitions(prefix + "support")).isEqualTo(3);
    assertThat(TestBroker.partitions(prefix + "predictions")).isEqualTo(3);
    assertThat(TestBroker.partitions(prefix + "bundles")).isEqualTo(1);
    assertThat(TestBroker.setting(prefix + "heads", "cleanup.policy")).isEqualTo("compact");
    assertThat(TestBroker.setting(prefix + "bundles", "retention.ms")).isEqualTo("-1");
    assertThat(TestBroker.setting(prefix + "predictions", "message.timestamp.after.max.ms"))
        .isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void shouldGiveAnInputTopicAsManyPartitionsAsTheOtherHas() throws Exception {
    create("queries", 5, Map.of());

    TopicChecks.run(onBroker("topics.partitions", "2"));

    List.of("support", "predictions").forEach(this::awaitTopic);
    assertThat(TestBroker.partitions(prefix + "support")).isEqualTo(5);
    assertThat(TestBroker.partitions(prefix + "predictions")).isEqualTo(2);
  }

  @Test
  void shouldBeContentWithWhatItCreated() {
    TopicChecks.run(onBroker());
    List.of("support", "queries", "predictions", "dead-letters").forEach(this::awaitTopic);

    assertThatCode(() -> TopicChecks.run(onBroker("topics.create", "false")))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldNameMissingTopicsThatItMayNotCreate() throws Exception {
    create("support", 1, Map.of());
    create("queries", 1, Map.of());

    assertThatThrownBy(() -> TopicChecks.run(onBroker("topics.create", "false")))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "topics: expected [%1$spredictions, %1$sdead-letters], found none of that name; create"
                    .formatted(prefix)
                + " them or set topics.create=true");
  }

  @Test
  void shouldRefuseInputsOfUnequalPartitions() throws Exception {
    create("support", 2, Map.of());
    create("queries", 3, Map.of());

    assertThatThrownBy(() -> TopicChecks.run(onBroker()))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "topics: expected '%1$ssupport' and '%1$squeries' to have equal partitions, found 2 and"
                    .formatted(prefix)
                + " 3");
  }

  @Test
  void shouldRefuseAHeadsTopicThatIsNotCompacted() throws Exception {
    create("heads", 1, Map.of());

    assertThatThrownBy(() -> TopicChecks.run(onBroker("topics.heads", prefix + "heads")))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "topics: expected '%sheads' to have cleanup.policy=compact, found delete"
                .formatted(prefix));
  }

  @Test
  void shouldRefuseATopicOfBundlesThatForgetsOrReorders() throws Exception {
    create("two", 2, Map.of());
    create("compacted", 1, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> TopicChecks.run(onBroker("topics.bundles", prefix + "two")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("expected '%stwo' to have 1 partition".formatted(prefix))
        .hasMessageEndingWith("found 2");
    assertThatThrownBy(() -> TopicChecks.run(onBroker("topics.bundles", prefix + "compacted")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cleanup.policy=delete")
        .hasMessageEndingWith("found compact");
  }

  private void create(String name, int partitions, Map<String, String> settings) throws Exception {
    try (Admin admin = TestBroker.admin()) {
      NewTopic topic = new NewTopic(prefix + name, partitions, (short) 1).configs(settings);
      admin.createTopics(List.of(topic)).all().get();
    }
    awaitTopic(name);
  }

  /** A broker answers for a topic only some moments after it was created. */
  private void awaitTopic(String name) {
    await().ignoreExceptions().until(() -> TestBroker.partitions(prefix + name) > 0);
  }

  private ApplicationConfig onBroker(String... more) {
    return config(TestBroker.bootstrapServers(), more);
  }

  private ApplicationConfig config(String brokers, String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", brokers);
    settings.put("schema.registry.url", "mock://checks");
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      settings.put("topics." + topic, prefix + topic);
    }
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return ApplicationConfig.of(settings);
  }
}
