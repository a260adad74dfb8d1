package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of a thousand tenants is forgotten under load, and was there in two partitions. Nothing of it
 * is left but what producers wrote and what consumers got.
 */
class ForgottenTenantOnABrokerTest {
  private static final int TENANTS = 1_000;
  private static final String VICTIM = "zebra-fish";
  private static final List<String> STORES =
      List.of(
          StoreNames.SUPPORT_MEMORY,
          StoreNames.TENANT_META,
          StoreNames.EXAMPLE_INDEX,
          StoreNames.RECENT_QUERIES,
          StoreNames.TENANT_ACTIVITY,
          StoreNames.HEADS,
          StoreNames.INBOX);

  @TempDir Path directory;

  @Test
  void shouldLeaveNothingOfAForgottenTenant() throws Exception {
    try (BrokerFixture app =
        new BrokerFixture(
            directory,
            Map.of(
                "feedback.window.ms", "3600000",
                "batch.durability", "inbox",
                "quality.report-every", "1"))) {
      for (String compacted : List.of("heads", "quality")) {
        app.set("topics." + compacted, app.topic(compacted));
        TestBroker.createTopics(BrokerFixture.PARTITIONS, List.of(app.topic(compacted)));
      }
      KafkaStreams streams = app.start();
      // Given a thousand tenants, and one more that a producer with another partitioner doubled
      for (int i = 0; i < TENANTS; i++) {
        app.send("support", "tenant-" + i, TopologyFixture.example("e1", "red", 1f, 0f, 0f, 0f));
        app.send("queries", "tenant-" + i, TopologyFixture.queryOf("q1", 1f, 0f, 0f, 0f));
      }
      for (int partition = 0; partition < BrokerFixture.PARTITIONS; partition++) {
        app.sendTo(partition, "support", VICTIM, example("e1", "red", 1f));
        app.sendTo(partition, "support", VICTIM, example("e2", "blue", 0f));
        app.sendTo(partition, "queries", VICTIM, TopologyFixture.queryOf("q", 1f, 0f, 0f, 0f));
        app.sendTo(partition, "support", VICTIM, retraction("nobody"));
      }
      app.awaitPredictions(TENANTS + BrokerFixture.PARTITIONS);
      // Its head was made for the answer, so that the next example tests it
      for (int partition = 0; partition < BrokerFixture.PARTITIONS; partition++) {
        app.sendTo(partition, "support", VICTIM, example("e3", "blue", 0.1f));
      }
      BrokerFixture.await(
          () ->
              holders(app, streams)
                  .containsAll(
                      List.of(
                          "store support-memory",
                          "store recent-queries",
                          "store tenant-activity",
                          "store heads",
                          "topic " + app.topic("heads"),
                          "topic " + app.topic("quality"))));
      assertThat(app.total("hyperflow.records.foreign")).isEqualTo(5);

      // When it is forgotten in every partition, among other records
      for (int i = 0; i < TENANTS; i++) {
        app.send("support", "tenant-" + i, TopologyFixture.example("e2", "blue", 0f, 1f, 0f, 0f));
        if (i == TENANTS / 2) {
          for (int partition = 0; partition < BrokerFixture.PARTITIONS; partition++) {
            app.sendTo(partition, "support", VICTIM, forget());
          }
        }
        app.send("queries", "tenant-" + i, TopologyFixture.queryOf("q2", 1f, 0f, 0f, 0f));
      }
      assertThat(app.awaitPredictions(2 * TENANTS + BrokerFixture.PARTITIONS))
          .hasSize(2 * TENANTS + BrokerFixture.PARTITIONS);

      // Then only the predictions that it got are left
      BrokerFixture.await(
          () -> Set.of("topic " + app.topic("predictions")).containsAll(holders(app, streams)));
      assertThat(app.total("hyperflow.records.foreign")).isEqualTo(5);
    }
  }

  @Test
  void shouldRefuseRecordsOfAnotherPartitionWhereThatIsSet() throws Exception {
    try (BrokerFixture app =
        new BrokerFixture(directory, Map.of("topics.foreign-partition", "dead-letter"))) {
      app.start();
      for (int partition = 0; partition < BrokerFixture.PARTITIONS; partition++) {
        app.sendTo(partition, "support", VICTIM, example("e1", "red", 1f));
      }

      assertThat(app.awaitDeadLetters(1))
          .singleElement()
          .satisfies(
              record -> assertThat(app.letter(record).getReason()).isEqualTo("WRONG_PARTITION"));
    }
  }

  private static SupportEvent example(String id, String label, float first) {
    return TopologyFixture.example(VICTIM + id, VICTIM + label, first, 1 - first, 0f, 0f);
  }

  private static SupportEvent retraction(String target) {
    return SupportEvent.newBuilder()
        .setEventId("r")
        .setOperation(SupportOperation.RETRACT)
        .setTargetEventId(VICTIM + target)
        .build();
  }

  private static SupportEvent forget() {
    return SupportEvent.newBuilder()
        .setEventId("f")
        .setOperation(SupportOperation.FORGET_TENANT)
        .build();
  }

  /** The stores, and the topics that the application wrote, which name the tenant. */
  private static Set<String> holders(BrokerFixture app, KafkaStreams streams) throws Exception {
    Set<String> holders = new TreeSet<>();
    for (String store : STORES) {
      if (storeHolds(streams, store)) {
        holders.add("store " + store);
      }
    }
    Set<String> inputs = Set.of(app.topic("support"), app.topic("queries"));
    try (Admin admin = TestBroker.admin()) {
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(app.applicationId()) && !inputs.contains(topic) && topicHolds(topic)) {
          holders.add("topic " + topic);
        }
      }
    }
    return holders;
  }

  private static boolean storeHolds(KafkaStreams streams, String name) {
    ReadOnlyKeyValueStore<Bytes, byte[]> store =
        streams.store(
            StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (contains(entry.key.get()) || contains(entry.value)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A changelog holds what compaction leaves: the keys whose last value is not null. */
  private static boolean topicHolds(String topic) {
    Map<String, ConsumerRecord<byte[], byte[]>> left = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : TestBroker.committed(topic)) {
      left.put(
          topic.endsWith("-changelog") || topic.endsWith("-heads") || topic.endsWith("-quality")
              ? record.partition() + "/" + new String(record.key(), ISO_8859_1)
              : record.partition() + "@" + record.offset(),
          record);
    }
    return left.values().stream()
        .filter(record -> record.value() != null)
        .anyMatch(record -> contains(record.key()) || contains(record.value()));
  }

  private static boolean contains(byte[] bytes) {
    return bytes != null
        && new String(bytes, ISO_8859_1).contains(new String(VICTIM.getBytes(UTF_8), ISO_8859_1));
  }
}
