package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic of somebody else, in the topology. */
class MappedInputsTest {
  private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_000L);

  @TempDir Path directory;

  private static Map<String, String> tickets(String... more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("feedback.window.ms", "3600000");
    settings.put("source.tickets.topic", "helpdesk");
    settings.put("source.tickets.tenant", "value.customer");
    settings.put("source.tickets.id", "key");
    settings.put("source.tickets.features", "value.vector");
    settings.put("source.tickets.label", "value.category");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  private static void send(TopologyFixture topology, String key, String value) {
    TestInputTopic<byte[], byte[]> input =
        topology.driver.createInputTopic(
            "helpdesk", new ByteArraySerializer(), new ByteArraySerializer());
    input.pipeInput(
        new TestRecord<>(
            key.getBytes(UTF_8),
            value.getBytes(UTF_8),
            new RecordHeaders().add("own", key.getBytes(UTF_8)),
            TIME));
  }

  private static String ticket(String customer, String category, String vector) {
    return "{\"customer\": \"%s\", \"vector\": %s, \"category\": %s}"
        .formatted(customer, vector, category == null ? "null" : '"' + category + '"');
  }

  @Test
  void shouldAnswerATicketAndLearnWhenItIsCategorised() {
    try (TopologyFixture topology = new TopologyFixture(directory, tickets())) {
      send(topology, "T-1", ticket("acme", null, "[1, 0, 0, 0]"));
      send(topology, "T-2", ticket("acme", null, "[0, 1, 0, 0]"));
      // The categorised ticket needs no text: the label belongs to the query of its id
      send(topology, "T-1", ticket("acme", "red", "null"));
      // A ticket that was never a query brings its own example
      send(topology, "T-9", ticket("acme", "blue", "[0, 1, 0, 0]"));
      send(topology, "T-3", ticket("acme", null, "[0.9, 0.1, 0, 0]"));

      List<TestRecord<String, Prediction>> answers = topology.predictionRecords();

      assertThat(answers).extracting(TestRecord::key).containsOnly("acme");
      assertThat(answers)
          .extracting(answer -> answer.value().getQueryId())
          .containsExactly("T-1", "T-2", "T-3");
      assertThat(answers.get(2).value().getLabel()).isEqualTo("red");
      assertThat(answers.get(2).value().getSupportCount()).isEqualTo(2);
      assertThat(answers.get(2).getRecordTime()).isEqualTo(TIME);
      assertThat(answers.get(2).headers().lastHeader("own").value())
          .asString(UTF_8)
          .isEqualTo("T-3");
      assertThat(answers.get(2).headers().lastHeader("hyperflow-origin")).isNull();
      assertThat(topology.total("hyperflow.events.applied")).isEqualTo(2);
      assertThat(topology.total("hyperflow.records")).isEqualTo(5);
      assertThat(topology.total("hyperflow.records.repartitioned")).isEqualTo(5);
      assertThat(topology.deadLetters()).isEmpty();
    }
  }

  @Test
  void shouldAnswerTheSameWithAndWithoutARepartitionTopic() {
    Map<String, String> byHeader = tickets("source.tickets.tenant", "header.own");
    Map<String, String> byKey =
        tickets("source.tickets.tenant", "key", "source.tickets.id", "value.id");
    Map<String, String> byHeaderToo = new HashMap<>(byHeader);
    byHeaderToo.put("source.tickets.id", "value.id");
    try (TopologyFixture direct = new TopologyFixture(directory.resolve("a"), byKey);
        TopologyFixture through = new TopologyFixture(directory.resolve("b"), byHeaderToo)) {
      for (TopologyFixture each : List.of(direct, through)) {
        for (int i = 0; i < 20; i++) {
          String vector = "[%s, %s, 0, 0]".formatted(i % 2, 1 - i % 2);
          send(
              each,
              "tenant-" + i % 3,
              "{\"id\": %d, \"vector\": %s, \"category\": %s}"
                  .formatted(
                      i / 2, vector, i % 4 == 3 ? "\"odd\"" : i % 4 == 2 ? "\"even\"" : "null"));
        }
      }
      assertThat(direct.total("hyperflow.records.repartitioned")).isZero();
      assertThat(through.total("hyperflow.records.repartitioned")).isEqualTo(20);
      assertThat(direct.predictions()).isNotEmpty().isEqualTo(through.predictions());
    }
  }

  @Test
  void shouldSendWhatFitsNotToTheDeadLettersAsItWasReadAndGoOn() {
    try (TopologyFixture topology = new TopologyFixture(directory, tickets())) {
      send(topology, "T-1", "{\"customer\": {\"name\": \"acme\"}}");
      send(topology, "T-2", ticket("acme", null, "[1]"));
      send(topology, "T-3", ticket("acme", null, "[1, 0, 0, 0]"));

      List<TestRecord<String, DeadLetter>> letters = topology.deadLetters();

      assertThat(topology.predictions()).hasSize(1);
      assertThat(letters).hasSize(2);
      DeadLetter first = letters.get(0).value();
      assertThat(first.getMessage())
          .isEqualTo("tenant (value.customer): expected a text or a whole number, found an object");
      assertThat(first.getSourceTopic()).isEqualTo("helpdesk");
      assertThat(first.getSourceOffset()).isZero();
      assertThat(first.getTenant()).isNull();
      assertThat(UTF_8.decode(first.getKey().duplicate()).toString()).isEqualTo("T-1");
      assertThat(UTF_8.decode(first.getValue().duplicate()).toString())
          .isEqualTo("{\"customer\": {\"name\": \"acme\"}}");
      // Refused behind the repartition topic, and all the same as it was read
      DeadLetter second = letters.get(1).value();
      assertThat(second.getReason()).isEqualTo("WRONG_DIMENSION");
      assertThat(second.getSourceTopic()).isEqualTo("helpdesk");
      assertThat(second.getSourceOffset()).isEqualTo(1);
      assertThat(second.getTenant()).isEqualTo("acme");
      assertThat(letters.get(1).key()).isEqualTo("acme");
      assertThat(UTF_8.decode(second.getKey().duplicate()).toString()).isEqualTo("T-2");
      assertThat(UTF_8.decode(second.getValue().duplicate()).toString())
          .isEqualTo(ticket("acme", null, "[1]"));
      assertThat(letters.get(1).headers().lastHeader("hyperflow-origin")).isNull();
      assertThat(topology.total("hyperflow.records")).isEqualTo(3);
    }
  }

  @Test
  void shouldCountWhatItSkips() {
    Map<String, String> settings = tickets("source.tickets.tenant.missing", "skip");
    try (TopologyFixture topology = new TopologyFixture(directory, settings)) {
      send(topology, "T-1", "{\"vector\": [1, 0, 0, 0]}");
      send(topology, "T-2", ticket("acme", null, "[1, 0, 0, 0]"));

      assertThat(topology.predictions()).hasSize(1);
      assertThat(topology.deadLetters()).isEmpty();
      assertThat(topology.total("hyperflow.records")).isEqualTo(2);
      assertThat(topology.total("hyperflow.events.ignored")).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeTheTimeOfTheEvent() {
    Map<String, String> settings =
        tickets(
            "source.tickets.tenant",
            "key",
            "source.tickets.id",
            "value.id",
            "source.tickets.time",
            "value.at");
    try (TopologyFixture topology = new TopologyFixture(directory, settings)) {
      send(topology, "acme", "{\"id\": 1, \"vector\": [1, 0, 0, 0], \"at\": 1600000000000}");

      assertThat(topology.predictionRecords())
          .singleElement()
          .satisfies(
              answer ->
                  assertThat(answer.getRecordTime())
                      .isEqualTo(Instant.ofEpochMilli(1_600_000_000_000L)));
    }
  }

  @Test
  void shouldWriteAnswersAsJsonWhereThatIsSaid() throws Exception {
    try (TopologyFixture topology =
        new TopologyFixture(directory, tickets("topics.predictions.format", "json"))) {
      send(topology, "T-1", ticket("acme", "red", "[1, 0, 0, 0]"));
      send(topology, "T-2", ticket("acme", null, "[1, 0, 0, 0]"));
      topology.letLingerPass();

      List<TestRecord<String, byte[]>> answers =
          topology
              .driver
              .createOutputTopic(
                  "predictions", new StringDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList();

      JsonNode answer = new ObjectMapper().readTree(answers.get(0).value());
      assertThat(answer.get("queryId").asText()).isEqualTo("T-2");
      assertThat(answer.get("label").asText()).isEqualTo("red");
      assertThat(answer.get("topLabels").get(0).get("label").asText()).isEqualTo("red");
      assertThat(answer.fieldNames())
          .toIterable()
          .containsExactlyElementsOf(
              Prediction.getClassSchema().getFields().stream().map(field -> field.name()).toList());
    }
  }

  @Test
  void shouldKeepTheEngineInTheFirstSubTopology() {
    ApplicationConfig config =
        TopologyFixture.config(
            directory,
            tickets(
                "source.a.topic", "first", "source.a.text", "value", "source.a.format", "string"));

    String described = HyperFlowTopology.describe(config).toString();

    assertThat(described.indexOf("Processor: engine"))
        .isBetween(described.indexOf("Sub-topology: 0"), described.indexOf("Sub-topology: 1"));
    assertThat(described).contains("Source: tickets-repartition-source", "Processor: decode-a");
  }
}
