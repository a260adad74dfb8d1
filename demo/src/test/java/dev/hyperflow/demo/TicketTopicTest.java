package dev.hyperflow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.demo.broker.EmbeddedBroker;
import dev.hyperflow.demo.registry.EmbeddedRegistry;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.testing.TestCluster;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial's tickets and the tutorial's twelve lines. */
@Timeout(300)
class TicketTopicTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final Path TICKETS = DOCS.resolve("examples/tickets.jsonl");
  private static final int MAX_LINES = 12;

  /** So many tickets of the file are created after others were categorised. */
  private static final int LAST = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Which say where the tutorial's application lives, and nothing of its tickets. */
  private static final List<String> OF_THE_PLACE = List.of("state.dir", "http.port");

  @TempDir Path directory;

  private static Map<String, String> settingsOfTheTutorial() throws Exception {
    String tutorial = Files.readString(DOCS.resolve("tutorial.md"));
    String begin = "cat > data/tickets.properties <<'END'\n";
    int from = tutorial.indexOf(begin) + begin.length();
    Properties properties = new Properties();
    properties.load(new StringReader(tutorial.substring(from, tutorial.indexOf("\nEND", from))));
    Map<String, String> settings = new HashMap<>();
    properties.forEach((name, value) -> settings.put((String) name, (String) value));
    OF_THE_PLACE.forEach(settings::remove);
    return settings;
  }

  @Test
  void shouldBePersonalisedByTheTwelveLinesOfTheTutorial() throws Exception {
    Map<String, String> settings = settingsOfTheTutorial();
    assertThat(settings).hasSizeBetween(1, MAX_LINES);
    try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"), 0);
        EmbeddedRegistry registry = EmbeddedRegistry.start(0, directory.resolve("schemas.json"))) {
      // Given the topic as it is, twice started
      String brokers = broker.bootstrapServers();
      List<TicketTopic.Ticket> tickets = TicketTopic.read(TICKETS);
      int before = tickets.size() - LAST;
      TicketTopic.write(brokers, tickets.subList(0, before));
      TicketTopic.write(brokers, tickets);
      assertThat(TestCluster.committed(brokers, TicketTopic.NAME)).hasSize(before);
      settings.put("bootstrap.servers", brokers);
      settings.put("schema.registry.url", registry.url());
      settings.put("topics.replication-factor", "1");
      settings.put("state.dir", directory.resolve("state").toString());

      // When
      try (RunningApplication application =
          RunningApplication.start(ApplicationConfig.of(settings).advertising("127.0.0.1", 1))) {
        // Partitions of the topic are read side by side: the last tickets come after the labels
        Awaitility.await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(
                () ->
                    application.view().meta("acme-bank").examples() == 9
                        && application.view().meta("brightware").examples() == 6);
        TicketTopic.send(brokers, tickets.subList(before, tickets.size()));
        int queries = (int) tickets.stream().filter(TicketTopicTest::isQuery).count();
        List<ConsumerRecord<byte[], byte[]>> answers =
            Awaitility.await()
                .atMost(PATIENCE)
                .until(
                    () -> TestCluster.committed(brokers, settings.get("topics.predictions")),
                    committed -> committed.size() >= queries);

        // Then each new ticket has one answer, in JSON, and the last ones know the labels
        Map<String, JsonNode> byId = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> answer : answers) {
          JsonNode json = new ObjectMapper().readTree(answer.value());
          assertThat(byId.put(json.get("queryId").asText(), json)).isNull();
        }
        assertThat(byId).hasSize(queries);
        assertThat(byId.get("A-110").get("label").asText()).isEqualTo("cards");
        assertThat(byId.get("A-110").get("supportCount").asInt()).isEqualTo(9);
        assertThat(byId.get("B-207").get("label").asText()).isEqualTo("delivery");
        assertThat(TestCluster.committed(brokers, settings.get("topics.dead-letters"))).hasSize(1);
        assertThat(application.failure()).isEmpty();
      }
    }
  }

  private static boolean isQuery(TicketTopic.Ticket ticket) {
    return ticket.json().contains("\"category\": null") && ticket.json().contains("\"customer\"");
  }

  @Test
  void shouldNameTheLineOfAFileThatHoldsNoTicket() throws Exception {
    Path bad = Files.write(directory.resolve("bad.jsonl"), "{\"id\": 1}\n\n{}\n".getBytes(UTF_8));
    Path worse = Files.write(directory.resolve("worse.jsonl"), "{\"id\": 1}\n{".getBytes(UTF_8));

    assertThatThrownBy(() -> TicketTopic.read(bad))
        .isInstanceOf(DataFormatException.class)
        .hasMessage(bad + ", line 3: expected a ticket with an id, found none");
    assertThatThrownBy(() -> TicketTopic.read(worse))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining(worse + ", line 2: expected a JSON object");
    assertThatThrownBy(() -> TicketTopic.read(directory.resolve("none")))
        .isInstanceOf(DataFormatException.class)
        .hasMessageContaining("cannot be read");
  }
}
