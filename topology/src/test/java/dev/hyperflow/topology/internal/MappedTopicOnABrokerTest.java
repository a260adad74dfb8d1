package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tickets in JSON of somebody else, keyed by ticket: each is created, and some are categorised
 * later. Transactions, restarts and purged topics are what the test driver cannot show.
 */
@Timeout(300)
class MappedTopicOnABrokerTest {
  private static final int TICKETS = 400;
  private static final int CATEGORISED = 40;
  private static final int CUSTOMERS = 4;
  private static final String VICTIM = "zebra-fish";

  @TempDir Path directory;

  private BrokerFixture app(String... more) throws Exception {
    Map<String, String> settings = new HashMap<>();
    String topic = TestBroker.freshName("helpdesk");
    TestBroker.createTopics(3, List.of(topic));
    settings.put("topics.create", "false");
    settings.put("feedback.window.ms", "3600000");
    settings.put("source.tickets.topic", topic);
    settings.put("source.tickets.tenant", "value.customer.id");
    settings.put("source.tickets.id", "key");
    settings.put("source.tickets.features", "value.vector");
    settings.put("source.tickets.label", "value.category");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return new BrokerFixture(directory, settings);
  }

  private static void send(BrokerFixture app, String key, String value) {
    app.sendTo(app.config(0).sources().get(0).topic(), key, value.getBytes(UTF_8));
  }

  private static String created(int ticket, String customer) {
    return "{\"ticket\": %d, \"customer\": {\"id\": \"%s\"}, \"vector\": [%s, %s, 0, 0]}"
        .formatted(ticket, customer, ticket / CUSTOMERS % 2, 1 - ticket / CUSTOMERS % 2);
  }

  private static String categorised(int ticket, String customer) {
    return "{\"ticket\": %d, \"customer\": {\"id\": \"%s\"}, \"category\": \"%s\"}"
        .formatted(ticket, customer, ticket / CUSTOMERS % 2 == 0 ? "even" : "odd");
  }

  private static String repartitionTopic(BrokerFixture app) {
    return app.applicationId() + "-tickets-repartition";
  }

  private static void createTickets(BrokerFixture app, int from, int to) {
    for (int i = from; i < to; i++) {
      send(app, "T-" + i, created(i, "customer-" + i % CUSTOMERS));
    }
  }

  @Test
  void shouldAnswerEachTicketOnceAndLearnFromItsCategoryAcrossCrashesAndARestart()
      throws Exception {
    try (BrokerFixture app = app("kafka.repartition.purge.interval.ms", "600000")) {
      app.start();
      // Given tickets that were answered before they were categorised
      createTickets(app, 0, CATEGORISED);
      app.awaitPredictions(CATEGORISED);
      for (int i = 0; i < CATEGORISED; i++) {
        send(app, "T-" + i, categorised(i, "customer-" + i % CUSTOMERS));
      }
      BrokerFixture.await(() -> app.total("hyperflow.events.applied") >= CATEGORISED);

      // When more come, threads crash in the middle of batches, and the application restarts
      CrashingSerde.Plan crashes = CrashingSerde.plan(app.topic("predictions"), 20, 45);
      createTickets(app, CATEGORISED, TICKETS / 2);
      BrokerFixture.await(crashes::isDone);
      createTickets(app, TICKETS / 2, TICKETS - 50);
      app.stop();
      createTickets(app, TICKETS - 50, TICKETS);
      app.start();
      List<BrokerFixture.Answered> answers = app.awaitPredictions(TICKETS);

      // Then each ticket has one answer, so it passed once through the repartition topic. What was
      // committed there at first commits is purged by now.
      assertThat(answers)
          .extracting(BrokerFixture.Answered::queryId)
          .doesNotHaveDuplicates()
          .hasSize(TICKETS);
      assertThat(TestBroker.committed(repartitionTopic(app)))
          .extracting(record -> new String(record.value(), UTF_8))
          .doesNotHaveDuplicates()
          .hasSizeBetween(1, TICKETS + CATEGORISED);
      for (String topic : List.of("tickets-repartition", "tenant-meta-changelog")) {
        assertThat(TestBroker.partitions(app.applicationId() + "-" + topic))
            .isEqualTo(BrokerFixture.PARTITIONS);
      }

      // And the last answers know the labels, by feedback alone: these records had no features
      assertThat(answers)
          .filteredOn(answer -> Integer.parseInt(answer.queryId().substring(2)) >= CATEGORISED)
          .allSatisfy(
              answer -> {
                int ticket = Integer.parseInt(answer.queryId().substring(2));
                assertThat(answer.tenant()).isEqualTo("customer-" + ticket % CUSTOMERS);
                assertThat(answer.prediction().getSupportCount())
                    .isEqualTo(CATEGORISED / CUSTOMERS);
                assertThat(answer.prediction().getLabel())
                    .isEqualTo(ticket / CUSTOMERS % 2 == 0 ? "even" : "odd");
              });
      assertThat(TestBroker.committed(app.topic("dead-letters"))).isEmpty();
    }
  }

  @Test
  void shouldLeaveNothingOfAForgottenTenantInTheRepartitionTopic() throws Exception {
    try (BrokerFixture app = app("kafka.repartition.purge.interval.ms", "50")) {
      KafkaStreams streams = app.start();
      send(app, "V-1", created(0, VICTIM));
      send(app, "V-1", categorised(0, VICTIM));
      createTickets(app, 0, 20);
      app.awaitPredictions(21);
      BrokerFixture.await(() -> storesHold(streams));

      app.send(
          "support",
          VICTIM,
          SupportEvent.newBuilder()
              .setEventId("f")
              .setOperation(SupportOperation.FORGET_TENANT)
              .build());
      createTickets(app, 20, 40);
      app.awaitPredictions(41);

      BrokerFixture.await(() -> !storesHold(streams));
      BrokerFixture.await(
          () ->
              TestBroker.committed(repartitionTopic(app)).stream()
                  .flatMap(record -> Stream.of(record.key(), record.value()))
                  .noneMatch(MappedTopicOnABrokerTest::contains));
    }
  }

  private static boolean storesHold(KafkaStreams streams) {
    List<Boolean> found = new ArrayList<>();
    for (String name : List.of("support-memory", "tenant-meta", "recent-queries")) {
      ReadOnlyKeyValueStore<Bytes, byte[]> store =
          streams.store(
              StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
      try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
        entries.forEachRemaining(entry -> found.add(contains(entry.key.get())));
      }
    }
    return found.contains(true);
  }

  private static boolean contains(byte[] bytes) {
    return bytes != null && new String(bytes, UTF_8).contains(VICTIM);
  }
}
