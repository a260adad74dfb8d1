package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.EngineFixture;
import dev.hyperflow.engine.internal.FakeEncoder;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.testing.TestBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A text that was taken back is in no store and no topic that the application writes. */
@Timeout(300)
class ForgottenTextsOnABrokerTest {
  private static final String TENANT = "tenant";
  private static final String EXAMPLE = "the text of an example";
  private static final String OTHER = "the text of another example";
  private static final String DESCRIPTION = "the text of a description";
  private static final String QUERY = "the text of a query";
  private static final AdaptationModel PLAIN = EngineFixture.model("bundle");
  private static final AdaptationModel ENCODING =
      new AdaptationModel(
          "bundle",
          Optional.of(new FakeEncoder("fake")),
          PLAIN.dimension(),
          PLAIN.integrator(),
          PLAIN.calibration());

  @TempDir Path directory;

  @Test
  void shouldLeaveNoTextBehindInTopicsAndStores() throws Exception {
    try (BrokerFixture app =
        new BrokerFixture(
            directory,
            Map.of("feedback.window.ms", "3600000", "batch.durability", "inbox"),
            ENCODING)) {
      // Given texts in the memory, and a query that became an example
      KafkaStreams streams = app.start();
      support(app, SupportOperation.ADD, "e1", EXAMPLE);
      support(app, SupportOperation.ADD, "e2", OTHER);
      support(app, SupportOperation.DESCRIBE_LABEL, "d", DESCRIPTION);
      app.awaitCommitted("support");
      app.send(
          "queries",
          TENANT,
          QueryEvent.newBuilder().setQueryId("q").setPayload(new TextPayload(QUERY)).build());
      app.awaitPredictions(1);
      app.send("support", TENANT, event(SupportOperation.FEEDBACK, "f").setQueryId("q").build());
      awaitHolders(app, streams, EXAMPLE, StoreNames.SUPPORT_MEMORY);
      awaitHolders(app, streams, OTHER, StoreNames.SUPPORT_MEMORY);
      awaitHolders(app, streams, DESCRIPTION, StoreNames.SUPPORT_MEMORY);
      awaitHolders(app, streams, QUERY, StoreNames.SUPPORT_MEMORY, StoreNames.RECENT_QUERIES);

      // When an example is taken back, its text goes and the others stay
      app.send(
          "support",
          TENANT,
          SupportEvent.newBuilder()
              .setEventId("r")
              .setOperation(SupportOperation.RETRACT)
              .setTargetEventId("e1")
              .build());
      awaitHolders(app, streams, EXAMPLE);
      awaitHolders(app, streams, OTHER, StoreNames.SUPPORT_MEMORY);

      // When the tenant is forgotten, all go
      app.sendBytes("support", TENANT, null);
      for (String text : List.of(EXAMPLE, OTHER, DESCRIPTION, QUERY)) {
        awaitHolders(app, streams, text);
      }

      // Then only what producers wrote still has them
      assertThat(TestBroker.committed(app.topic("support")))
          .filteredOn(record -> Holders.contains(record.value(), EXAMPLE))
          .hasSize(1);
    }
  }

  /** Waits until these stores and their changelogs hold a text, and nothing else does. */
  private static void awaitHolders(
      BrokerFixture app, KafkaStreams streams, String text, String... stores) {
    Set<String> expected = new TreeSet<>();
    for (String store : stores) {
      expected.add("store " + store);
      expected.add("topic " + app.applicationId() + "-" + store + "-changelog");
    }
    BrokerFixture.await(() -> Holders.of(app, streams, text).equals(expected));
  }

  private static void support(
      BrokerFixture app, SupportOperation operation, String eventId, String text) {
    app.send(
        "support", TENANT, event(operation, eventId).setPayload(new TextPayload(text)).build());
  }

  private static SupportEvent.Builder event(SupportOperation operation, String eventId) {
    return SupportEvent.newBuilder()
        .setEventId(eventId)
        .setOperation(operation)
        .setLabel(eventId.equals("e2") ? "blue" : "red");
  }
}
