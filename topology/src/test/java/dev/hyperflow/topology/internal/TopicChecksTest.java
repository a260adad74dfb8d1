package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestBroker;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class TopicChecksTest {
  private static final String NOBODY = "127.0.0.1:9";

  private final String prefix = TestBroker.freshName("checks") + "-";

  @Test
  void shouldNameTheBrokersThatDoNotAnswer() {
    ApplicationConfig config = config(NOBODY, "startup.timeout.ms", "200");

    assertThatThrownBy(() -> run(config))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("brokers: expected")
        .hasMessageContaining("bootstrap.servers=" + NOBODY)
        .hasMessageNotContaining("\n");
  }

  @Test
  void shouldNameTheBrokersThatCannotBeResolved() {
    ApplicationConfig config = config("no-such-host.invalid:9092", "startup.timeout.ms", "200");

    assertThatThrownBy(() -> run(config))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("bootstrap.servers=no-such-host.invalid:9092");
  }

  @Test
  void shouldCreateMissingTopicsAsTheyAreNeeded() throws Exception {
    run(
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
    assertThat(TestBroker.setting(prefix + "support", "retention.ms")).isEqualTo("-1");
    assertThat(TestBroker.setting(prefix + "support", "cleanup.policy")).isEqualTo("delete");
    assertThat(TestBroker.setting(prefix + "predictions", "message.timestamp.after.max.ms"))
        .isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void shouldCreateTopicsOnBrokersThatDoNotKnowASetting() throws Exception {
    Map<String, Object> client = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    try (Brokers brokers = new Brokers(onBroker(), new OldBroker(client))) {
      new TopicChecks(onBroker(), brokers).run();
    }

    List.of("support", "queries", "predictions", "dead-letters").forEach(this::awaitTopic);
  }

  /** Refuses a setting as brokers before 3.6 do. */
  private static final class OldBroker extends ForwardingAdmin {
    OldBroker(Map<String, Object> configs) {
      super(configs);
    }

    @Override
    public CreateTopicsResult createTopics(
        Collection<NewTopic> topics, CreateTopicsOptions options) {
      boolean unknown =
          topics.stream()
              .anyMatch(topic -> topic.configs().containsKey("message.timestamp.after.max.ms"));
      return unknown ? new Refused(topics) : super.createTopics(topics, options);
    }

    private static final class Refused extends CreateTopicsResult {
      Refused(Collection<NewTopic> topics) {
        super(topics.stream().collect(Collectors.toMap(NewTopic::name, topic -> refusal())));
      }

      private static KafkaFuture<TopicMetadataAndConfig> refusal() {
        KafkaFutureImpl<TopicMetadataAndConfig> refusal = new KafkaFutureImpl<>();
        refusal.completeExceptionally(
            new InvalidConfigurationException("Unknown topic config name"));
        return refusal;
      }
    }
  }

  @Test
  void shouldStartTogetherWithAnotherInstance() throws Exception {
    for (int round = 0; round < 5; round++) {
      ApplicationConfig config = onBroker("topics.support", prefix + "support-" + round);
      ExecutorService both = Executors.newFixedThreadPool(3);
      List<Future<TopicChecks.Found>> found =
          both.invokeAll(Collections.nCopies(3, () -> run(config)));
      both.shutdown();
      for (Future<TopicChecks.Found> each : found) {
        assertThat(each.get().partitions()).hasSize(4).containsEntry(prefix + "queries", 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"support", "queries"})
  void shouldRefuseACompactedInput(String purpose) throws Exception {
    create(purpose, 4, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> run(onBroker()))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "topics: expected '%s%s' to have cleanup.policy=delete, because compaction would keep"
                    .formatted(prefix, purpose)
                + " one record of each tenant, found compact");
  }

  @ParameterizedTest
  @ValueSource(strings = {"predictions", "dead-letters"})
  void shouldRefuseACompactedOutputThatKeepsEveryRecord(String purpose) throws Exception {
    create(purpose, 4, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> run(onBroker()))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(
            "topics: expected '%s%s' to have cleanup.policy=delete".formatted(prefix, purpose))
        .hasMessageEndingWith("refuse those without a key, found compact");
  }

  @Test
  void shouldGiveAnInputTopicAsManyPartitionsAsTheOtherHas() throws Exception {
    create("queries", 5, Map.of());

    run(onBroker("topics.partitions", "2"));

    List.of("support", "predictions").forEach(this::awaitTopic);
    assertThat(TestBroker.partitions(prefix + "support")).isEqualTo(5);
    assertThat(TestBroker.partitions(prefix + "predictions")).isEqualTo(2);
  }

  @Test
  void shouldBeContentWithWhatItCreated() {
    run(onBroker());
    List.of("support", "queries", "predictions", "dead-letters").forEach(this::awaitTopic);

    assertThatCode(() -> run(onBroker("topics.create", "false"))).doesNotThrowAnyException();
  }

  @Test
  void shouldNameMissingTopicsThatItMayNotCreate() throws Exception {
    create("support", 1, Map.of());
    create("queries", 1, Map.of());

    assertThatThrownBy(() -> run(onBroker("topics.create", "false")))
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

    assertThatThrownBy(() -> run(onBroker()))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "topics: expected '%1$ssupport' and '%1$squeries' to have equal partitions, found 2 and"
                    .formatted(prefix)
                + " 3");
  }

  @Test
  void shouldRefuseAHeadsTopicThatIsNotCompacted() throws Exception {
    create("heads", 1, Map.of());

    assertThatThrownBy(() -> run(onBroker("topics.heads", prefix + "heads")))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "topics: expected '%sheads' to have cleanup.policy=compact, found delete"
                .formatted(prefix));
  }

  @Test
  void shouldRefuseATopicOfBundlesThatForgetsOrReorders() throws Exception {
    create("two", 2, Map.of());
    create("compacted", 1, Map.of("cleanup.policy", "compact"));

    assertThatThrownBy(() -> run(onBroker("topics.bundles", prefix + "two")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("expected '%stwo' to have 1 partition".formatted(prefix))
        .hasMessageEndingWith("found 2");
    assertThatThrownBy(() -> run(onBroker("topics.bundles", prefix + "compacted")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("cleanup.policy=delete")
        .hasMessageEndingWith("found compact");
  }

  private static TopicChecks.Found run(ApplicationConfig config) {
    try (Brokers brokers = Brokers.of(config)) {
      return new TopicChecks(config, brokers).run();
    }
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
