package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of a thousand tenants is forgotten under load, and was there in two partitions. Nothing of it
 * is left but what producers wrote and what consumers got.
 */
class ForgottenTenantOnABrokerTest {
  private static final int TENANTS = 1_000;
  private static final String VICTIM = "zebra-fish";

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
              Holders.of(app, streams, VICTIM)
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
          () ->
              Set.of("topic " + app.topic("predictions"))
                  .containsAll(Holders.of(app, streams, VICTIM)));
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
}
