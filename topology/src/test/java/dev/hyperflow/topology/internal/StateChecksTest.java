package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.hyperflow.topology.errors.StartupException;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics, offsets and local state as a running application leaves them, and then one thing less.
 */
@Timeout(120)
class StateChecksTest {
  private static final int PARTITIONS = 2;

  @TempDir Path directory;
  private final String id = TestBroker.freshName("state");
  private final Map<String, String> settings = new HashMap<>();

  @Test
  void shouldBeContentWithTheFirstStart() {
    assertThatCode(this::check).doesNotThrowAnyException();
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void shouldBeContentWithTopicsThatFitEachOther() throws Exception {
    leaveState();

    assertThatCode(this::check).doesNotThrowAnyException();
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseToAnswerAllAgainWhenOffsetsAreGone() throws Exception {
    leaveState();
    commit(0, 5);
    deleteOffsets(1);

    assertRefused("offsets: expected offsets of group '" + id + "' in partitions [1]")
        .hasMessageContaining("found none although '" + changelog("tenant-meta") + "' holds state")
        .hasMessageContaining("startup.missing-offsets=earliest");
  }

  @Test
  void shouldNotTakeOffsetsForGoneThatATransactionIsAboutToCommit() throws Exception {
    leaveState();
    deleteOffsets(1);
    settings.put("startup.timeout.ms", "2000");
    try (Producer<byte[], byte[]> producer = transactional();
        Consumer<byte[], byte[]> ofGroup = consumer()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.sendOffsetsToTransaction(
          Map.of(new TopicPartition(id + "-support", 1), new OffsetAndMetadata(1)),
          ofGroup.groupMetadata());
      assertThatThrownBy(this::check)
          .hasMessageStartingWith("brokers: expected settled offsets of group " + id);

      producer.commitTransaction();
    }

    settings.remove("startup.timeout.ms");
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void shouldNotMissOffsetsThatAnInstanceWillCommit() throws Exception {
    leaveState();
    deleteOffsets(1);
    try (Consumer<byte[], byte[]> member = consumer()) {
      member.subscribe(List.of(id + "-support"));
      await().until(() -> joined(member));

      assertThatCode(this::check).doesNotThrowAnyException();
    }

    assertRefused("offsets: expected offsets of group '" + id + "' in partitions [1]");
  }

  /** Of the application's group. */
  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            TestBroker.bootstrapServers(),
            "group.id",
            id,
            "enable.auto.commit",
            "false"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private static boolean joined(Consumer<byte[], byte[]> member) {
    member.poll(Duration.ofMillis(100));
    return !member.assignment().isEmpty();
  }

  @Test
  void shouldGoOnWithoutOffsetsWhereThatIsAllowed() throws Exception {
    leaveState();
    deleteOffsets(1);

    settings.put("startup.missing-offsets", "earliest");

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void shouldNotMissOffsetsOfPartitionsThatNeverHeldARecord() throws Exception {
    check();
    createChangelogs();

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void shouldNotTakeWhatWasRolledBackForState() throws Exception {
    check();
    createChangelogs();
    try (Producer<byte[], byte[]> producer = transactional()) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record(changelog("tenant-meta"), 1)).get();
      producer.abortTransaction();
    }

    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void shouldNameTheChangelogThatWasDeleted() throws Exception {
    leaveState();
    delete(changelog("support-memory"));

    assertRefused("state: expected topic '" + changelog("support-memory") + "'")
        .hasMessageContaining("store support-memory, found none although")
        .hasMessageContaining("Disaster recovery");
  }

  @Test
  void shouldNameTheDeletedChangelogOfAStoreThatEarlierVersionsDidNotHave() throws Exception {
    leaveState();
    delete(changelog("tenant-activity"));
    assertThatCode(this::check).doesNotThrowAnyException();

    Files.createDirectories(
        directory
            .resolve("state")
            .resolve(id)
            .resolve("0_1")
            .resolve("rocksdb")
            .resolve("tenant-activity"));

    assertRefused("state: expected topic '" + changelog("tenant-activity") + "'")
        .hasMessageContaining("store tenant-activity, found none although");
  }

  @Test
  void shouldRefuseAChangelogThatWasMadeAnew() throws Exception {
    leaveState();
    check();
    delete(changelog("tenant-meta"));
    TestBroker.createTopics(PARTITIONS, List.of(changelog("tenant-meta")));
    awaitTopic(changelog("tenant-meta"));

    assertRefused("state: expected topic '" + changelog("tenant-meta") + "' that the state in")
        .hasMessageContaining("found one that was made anew");
  }

  @Test
  void shouldNotMakeAnInputTopicAnewThatWasDeleted() throws Exception {
    leaveState();
    delete(id + "-support");

    assertRefused("topics: expected '" + id + "-support', found none of that name although")
        .hasMessageContaining("the topic was deleted");
  }

  @Test
  void shouldRefuseInputsThatHaveGrown() throws Exception {
    leaveState();
    try (Admin admin = TestBroker.admin()) {
      NewPartitions more = NewPartitions.increaseTo(2 * PARTITIONS);
      admin.createPartitions(Map.of(id + "-support", more, id + "-queries", more)).all().get();
    }
    await().until(() -> TestBroker.partitions(id + "-queries") == 2 * PARTITIONS);
    await().until(() -> TestBroker.partitions(id + "-support") == 2 * PARTITIONS);

    assertRefused("topics: expected '" + id + "-support'")
        .hasMessageContaining("to have 2 partitions like '" + changelog("support-memory"))
        .hasMessageContaining("found 4")
        .hasMessageContaining("Re-keying");
  }

  @Test
  void shouldRefuseTheStateOfAnotherCluster() throws Exception {
    check();
    Path mark = directory.resolve("state").resolve(id).resolve(StateMark.FILE);
    assertThat(mark).content().contains("cluster.id=");
    Files.writeString(mark, "cluster.id=another");
    settings.put("topics.predictions", id + "-new");

    assertRefused("state.dir: expected state of cluster")
        .hasMessageContaining("found state of cluster another in " + directory)
        .hasMessageContaining("Delete that directory");
    try (Admin admin = TestBroker.admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain(id + "-new");
    }
  }

  @Test
  void shouldRefuseStateOfWhichTheBrokersKnowNothing() throws Exception {
    Files.createDirectories(
        directory.resolve("state").resolve(id).resolve("0_1").resolve("rocksdb"));

    assertRefused("state.dir: expected no state")
        .hasMessageContaining("no changelog of application '" + id + "'");
  }

  @Test
  void shouldSayThatTheStateDirectoryCannotBeUsed() throws Exception {
    settings.put("state.dir", Files.createFile(directory.resolve("file")).toString());

    assertRefused("state.dir: expected a directory to write to, found");
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(String beginning) {
    return assertThatThrownBy(this::check)
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(beginning)
        .hasMessageNotContaining("\n");
  }

  private void check() {
    RunningApplication.checkWithState(config());
  }

  /** What an application leaves that was fed. */
  private void leaveState() throws Exception {
    check();
    createChangelogs();
    try (Producer<byte[], byte[]> producer = TestBroker.producer()) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        for (String topic : List.of(id + "-support", id + "-queries", changelog("tenant-meta"))) {
          producer.send(record(topic, partition)).get();
        }
        commit(partition, 1);
      }
    }
  }

  private void createChangelogs() throws Exception {
    List<String> changelogs =
        Stream.of(
                "support-memory",
                "tenant-meta",
                "example-index",
                "recent-queries",
                "tenant-activity",
                "inbox")
            .map(this::changelog)
            .toList();
    TestBroker.createTopics(PARTITIONS, changelogs);
    changelogs.forEach(this::awaitTopic);
  }

  private void commit(int partition, long offset) throws Exception {
    try (Admin admin = TestBroker.admin()) {
      admin
          .alterConsumerGroupOffsets(
              id,
              Map.of(new TopicPartition(id + "-support", partition), new OffsetAndMetadata(offset)))
          .all()
          .get();
    }
  }

  private void deleteOffsets(int partition) throws Exception {
    try (Admin admin = TestBroker.admin()) {
      admin
          .deleteConsumerGroupOffsets(
              id, java.util.Set.of(new TopicPartition(id + "-support", partition)))
          .all()
          .get();
    }
  }

  private void delete(String topic) throws Exception {
    try (Admin admin = TestBroker.admin()) {
      admin.deleteTopics(List.of(topic)).all().get();
      await().until(() -> !admin.listTopics().names().get().contains(topic));
    }
  }

  private void awaitTopic(String name) {
    await().ignoreExceptions().until(() -> TestBroker.partitions(name) > 0);
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int partition) {
    return new ProducerRecord<>(topic, partition, new byte[] {1}, new byte[] {2});
  }

  private Producer<byte[], byte[]> transactional() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", TestBroker.bootstrapServers(), "transactional.id", id),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private String changelog(String store) {
    return id + "-" + store + "-changelog";
  }

  private ApplicationConfig config() {
    Map<String, String> all = new HashMap<>();
    all.put("application.id", id);
    all.put("bootstrap.servers", TestBroker.bootstrapServers());
    all.put("schema.registry.url", "mock://state-checks");
    all.put("state.dir", directory.resolve("state").toString());
    all.put("topics.partitions", Integer.toString(PARTITIONS));
    for (String topic : List.of("support", "queries", "predictions", "dead-letters")) {
      all.put("topics." + topic, id + "-" + topic);
    }
    all.putAll(settings);
    return ApplicationConfig.of(all);
  }
}
