package dev.hyperflow.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.topology.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verb on a real broker. */
@Timeout(120)
class MapCommandTest {
  private static final int TICKETS = 12;

  @TempDir static Path directory;
  private static String topic;
  private static String config;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void writeTickets() throws Exception {
    topic = TestBroker.freshName("tickets");
    TestBroker.createTopics(2, List.of(topic));
    try (Producer<byte[], byte[]> producer = TestBroker.producer()) {
      for (int i = 0; i < TICKETS; i++) {
        String value =
            i == 3
                ? "{\"customer\": [], \"subject\": \"s\"}"
                : "{\"customer\": {\"id\": \"acme\"}, \"subject\": \"Lost\\nit\", \"category\": %s}"
                    .formatted(i % 2 == 0 ? "null" : "\"cards\"");
        producer
            .send(
                new ProducerRecord<>(
                    topic, i % 2, 1_000L + i, ("T-" + i).getBytes(UTF_8), value.getBytes(UTF_8)))
            .get();
      }
    }
    config = write("app.properties", "value.customer.id", "json");
  }

  private static String write(String file, String tenant, String format) throws Exception {
    return Files.writeString(
            directory.resolve(file),
            String.join(
                "\n",
                "bootstrap.servers=" + TestBroker.bootstrapServers(),
                "schema.registry.url=mock://map-command",
                "feedback.window.ms=1000",
                "source.tickets.topic=" + topic,
                "source.tickets.format=" + format,
                "source.tickets.tenant=" + tenant,
                "source.tickets.id=key",
                "source.tickets.text=value.subject",
                "source.tickets.label=value.category"))
        .toString();
  }

  private int execute(String... arguments) {
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void shouldSayWhatBecomesOfTenRecords() {
    assertThat(execute("map", "try", "--config", config, "--from", topic))
        .isEqualTo(ExitCode.OK.code());

    assertThat(out.toString().lines())
        .contains(
            topic + ":0:0  QUERY  tenant acme  id T-0  Lost\\nit",
            topic + ":1:0  FEEDBACK  tenant acme  id T-1  label cards  Lost\\nit",
            topic
                + ":1:1  refused  UNDECODABLE  tenant (value.customer.id): expected an object at"
                + " value.customer, found an array",
            "  paths there: value.customer, value.subject, key",
            "10 records of " + topic + ": 9 become events, 1 are refused, 0 are skipped");
  }

  @Test
  void shouldBeginWhereItIsToldAndPrintJson() {
    assertThat(execute("map", "try", "--config", config, "--from", topic + "@5", "--json"))
        .isEqualTo(ExitCode.OK.code());

    JsonNode tried = Json.parse(out.toString());
    assertThat(tried).hasSize(2);
    assertThat(tried.get(0).get("place").asText()).isEqualTo(topic + ":0:5");
    assertThat(tried.get(0).get("kind").asText()).isEqualTo("QUERY");
    assertThat(tried.get(1).get("label").asText()).isEqualTo("cards");
    assertThat(tried.get(1).get("text").asText()).isEqualTo("Lost\nit");
  }

  @Test
  void shouldShowTheLastOnesFromTheEnd() {
    assertThat(execute("map", "try", "--config", config, "--from", topic + "@-10", "--json"))
        .isEqualTo(ExitCode.OK.code());

    JsonNode tried = Json.parse(out.toString());
    assertThat(tried).hasSize(10);
    assertThat(tried.get(9).get("id").asText()).isEqualTo("T-11");
    assertThat(tried.get(1).get("outcome").asText()).isEqualTo("refused");
    assertThat(tried.get(1).get("paths").get(0).asText()).isEqualTo("value.customer");
  }

  @Test
  void shouldTryRecordsInACheckWhenTheBrokersAnswer() throws Exception {
    assertThat(execute("config", "check", config)).as(err.toString()).isEqualTo(ExitCode.OK.code());

    Path mistyped = Path.of(write("mistyped.properties", "value.custmer.id", "json"));
    assertThat(execute("config", "check", mistyped.toString())).isEqualTo(ExitCode.STARTUP.code());
    assertThat(err.toString())
        .contains("source.tickets", "value.custmer.id", "paths there: value.customer.id")
        .hasLineCount(1);

    String elsewhere =
        Files.readString(mistyped)
            .replace(TestBroker.bootstrapServers(), "localhost:1\nstartup.timeout.ms=200");
    assertThat(execute("config", "check", Files.writeString(mistyped, elsewhere).toString()))
        .isEqualTo(ExitCode.OK.code());
    assertThat(err.toString()).contains("were not tried: brokers: expected");
  }

  @Test
  void shouldRefuseATopicThatIsNotMappedAndAPathOfNoSchema() throws Exception {
    assertThat(execute("map", "try", "--config", config, "--from", "other"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .contains("--from: expected one of the mapped topics [" + topic + "], found 'other'");

    String avro = write("avro.properties", "value.customer.id", "avro");
    assertThat(execute("config", "check", avro)).isEqualTo(ExitCode.STARTUP.code());
    assertThat(err.toString())
        .contains("source.tickets.subject: expected a schema of subject '" + topic + "-value'");
  }
}
