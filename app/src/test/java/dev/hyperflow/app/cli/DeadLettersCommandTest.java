package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.server.LiveApplication;
import dev.hyperflow.server.letters.Replay;
import dev.hyperflow.topology.internal.RunningApplication;
import dev.hyperflow.topology.internal.Telemetry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs beside a real broker, registry and application. */
@Timeout(300)
class DeadLettersCommandTest {
  private static final int LETTERS = 4;

  @TempDir static Path directory;
  private static LiveApplication live;
  private static RunningApplication application;
  private static String config;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void refuseSomeRecords() throws Exception {
    live = new LiveApplication(directory, Map.of());
    application = live.start(Telemetry.none());
    config = live.configFile().toString();
    live.teach("tenant-1", "1", "billing", "I was charged twice");
    live.teach("tenant-1", "2", "access", "I cannot log in");
    live.ask("tenant-1", "empty", "");
    live.ask("tenant-2", "empty-too", " ");
    live.ask("tenant-2", "empty-as-well", " ");
    live.sendBytes("queries", "tenant-2", new byte[] {1, 2, 3}, new RecordHeaders());
    live.await("dead-letters", LETTERS);
  }

  @AfterAll
  static void stop() {
    application.close();
    live.close();
  }

  @Test
  void shouldListWhatIsWanted() {
    assertThat(execute("show", "--config", config)).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).contains("VALIDATE/EMPTY_TEXT", "tenant tenant-1", "from queries:");

    assertThat(json("show", "--config", config, "--json", "--reason", "undecodable")).hasSize(1);
    assertThat(json("show", "--config", config, "--json", "--until", "P1D")).isEmpty();
    assertThat(json("show", "--config", config, "--json", "--since", "PT1H", "--limit", "1"))
        .hasSize(1);
    JsonNode letter =
        json("show", "--config", config, "--json", "--value", "--tenant", "tenant-1").get(0);
    assertThat(letter.get("reason").asText()).isEqualTo("EMPTY_TEXT");
    assertThat(letter.get("record").get("queryId").asText()).isEqualTo("empty");
  }

  @Test
  void shouldRefuseAReasonThatNoLetterCanHave() {
    assertThat(execute("show", "--config", config, "--reason", "EMPTY_TXT"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .contains("--reason: expected one of ", "EMPTY_TEXT", "found 'EMPTY_TXT'");
  }

  @Test
  void shouldSayThatLettersCannotBeRead() throws Exception {
    String other =
        Files.writeString(
                directory.resolve("other.properties"),
                Files.readString(Path.of(config))
                    + "\ntopics.dead-letters=queries\ntopics.queries=none\n")
            .toString();

    assertThat(json("show", "--config", other, "--json")).isEmpty();

    assertThat(err.toString())
        .contains("Passed over")
        .contains("of 'queries' that cannot be read as dead letters");
  }

  @Test
  void shouldSendAnEditedRecordAgainAndNotTwice() throws Exception {
    // Given
    JsonNode letter =
        json("show", "--config", config, "--json", "--value", "--tenant", "tenant-1").get(0);
    Path edited = directory.resolve("edited.json");
    Files.writeString(
        edited, letter.get("record").toString().replace("\"text\":\"\"", "\"text\":\"a charge\""));
    String place = letter.get("place").asText();

    // When
    JsonNode first =
        json(
            "replay",
            "--config",
            config,
            "--at",
            place,
            "--value",
            edited.toString(),
            "--yes",
            "--json");
    JsonNode second = json("replay", "--config", config, "--at", place, "--yes", "--json");

    // Then
    assertThat(first.get(0).get("outcome").asText()).isEqualTo("SENT");
    assertThat(second.get(0).get("outcome").asText()).isEqualTo("SENT_BEFORE");
    assertThat(live.await("predictions", 1))
        .singleElement()
        .satisfies(
            record -> {
              Prediction prediction = (Prediction) live.value(record);
              assertThat(prediction.getQueryId()).isEqualTo("empty");
              assertThat(prediction.getLabel()).isEqualTo("billing");
              assertThat(record.headers().lastHeader(Replay.REPLAY_HEADER).value())
                  .isEqualTo(letter.get("source").asText().getBytes(StandardCharsets.UTF_8));
            });
  }

  @Test
  void shouldSayWhichRecordItsTopicDoesNotTake() throws Exception {
    live.teach("tenant-5", "1", "billing", "");
    await("tenant-5", 1);
    JsonNode letter =
        json("show", "--config", config, "--json", "--value", "--tenant", "tenant-5").get(0);
    String text = "long ".repeat(400_000);
    Path edited = directory.resolve("long.json");
    Files.writeString(
        edited,
        letter.get("record").toString().replace("\"text\":\"\"", "\"text\":\"" + text + "\""));

    int code =
        execute(
            "replay",
            "--config",
            config,
            "--at",
            letter.get("place").asText(),
            "--value",
            edited.toString(),
            "--yes");

    assertThat(code).isEqualTo(ExitCode.FAILED.code());
    assertThat(out.toString()).contains("  NOT_TAKEN", "NOT_TAKEN    1");
  }

  @Test
  void shouldReportEachRecordThatIsTooOldForItsTopic() throws Exception {
    live.teach("tenant-6", "1", "billing", "");
    live.teach("tenant-6", "2", "billing", "");
    live.teach("tenant-6", "3", "billing", "");
    await("tenant-6", 3);
    before("support", "1");
    try {
      out.getBuffer().setLength(0);
      int code = execute("replay", "--config", config, "--tenant", "tenant-6", "--yes", "--json");

      assertThat(code).isEqualTo(ExitCode.FAILED.code());
      assertThat(Json.parse(out.toString()).findValuesAsText("outcome"))
          .containsExactly("NOT_TAKEN", "NOT_TAKEN", "NOT_TAKEN");
    } finally {
      before("support", Long.toString(Long.MAX_VALUE));
    }
  }

  /** Sets how old records may be, milliseconds. */
  private static void before(String topic, String millis) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp set =
        new AlterConfigOp(
            new ConfigEntry(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, millis),
            AlterConfigOp.OpType.SET);
    String brokers = live.config().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
      Awaitility.await()
          .until(
              () ->
                  admin
                      .describeConfigs(List.of(resource))
                      .all()
                      .get()
                      .get(resource)
                      .get(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)
                      .value()
                      .equals(millis));
    }
  }

  @Test
  void shouldNotReplayAReplay() throws Exception {
    // Given a letter whose replay was refused again
    live.ask("tenant-3", "dots", "...");
    String first = await("tenant-3", 1).get(0).get("place").asText();
    assertThat(outcome("--at", first)).isEqualTo("SENT");
    JsonNode letters = await("tenant-3", 2);
    assertThat(letters.get(1).get("replay").asBoolean()).isTrue();

    // Then it is not sent again with all others, but by itself
    JsonNode again = json("replay", "--config", config, "--tenant", "tenant-3", "--yes", "--json");
    assertThat(again.findValuesAsText("outcome")).containsExactly("SENT_BEFORE", "REPLAY");
    assertThat(outcome("--at", letters.get(1).get("place").asText())).isEqualTo("SENT");
    await("tenant-3", 3);
  }

  @Test
  void shouldNotBringBackATenantThatWasForgottenUnlessAskedTo() throws Exception {
    // Given
    live.teach("tenant-4", "1", "billing", "");
    String place = await("tenant-4", 1).get(0).get("place").asText();
    live.sendBytes("support", "tenant-4", null, new RecordHeaders());

    // Then
    assertThat(outcome("--at", place)).isEqualTo("FORGOTTEN");
    assertThat(outcome("--at", place, "--forgotten")).isEqualTo("SENT");
    await("tenant-4", 2);
  }

  private String outcome(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("replay", "--config", config, "--yes", "--json"));
    args.addAll(List.of(more));
    return json(args.toArray(String[]::new)).get(0).get("outcome").asText();
  }

  /** The letters of a tenant, when there are so many. */
  private JsonNode await(String tenant, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> json("show", "--config", config, "--json", "--tenant", tenant).size() == count);
    return json("show", "--config", config, "--json", "--tenant", tenant);
  }

  @Test
  void shouldNotSendTwiceUnderAnotherKeyEither() {
    JsonNode letter =
        json("show", "--config", config, "--json", "--tenant", "tenant-2", "--reason", "EMPTY_TEXT")
            .get(0);
    String[] replay = {
      "replay",
      "--config",
      config,
      "--at",
      letter.get("place").asText(),
      "--key",
      "tenant-9",
      "--yes",
      "--json"
    };

    assertThat(json(replay).get(0).get("outcome").asText()).isEqualTo("SENT");
    assertThat(json(replay).get(0).get("outcome").asText()).isEqualTo("SENT_BEFORE");
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    Path wrong = Files.writeString(directory.resolve("wrong.json"), "{\"queryId\": 1}");
    String place =
        json("show", "--config", config, "--json", "--limit", "1", "--tenant", "tenant-2")
            .get(0)
            .get("place")
            .asText();

    assertThat(execute("replay", "--config", config)).isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("replay", "--config", config, "--value", "x", "--yes"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("show", "--config", config, "--since", "yesterday"))
        .isEqualTo(ExitCode.USAGE.code());
    for (String verb : List.of("show", "replay")) {
      for (String none : List.of("dead-letters:0:99999", "dead-letters:99:0")) {
        assertThat(execute(verb, "--config", config, "--at", none))
            .isEqualTo(ExitCode.USAGE.code());
        assertThat(err.toString())
            .contains("--at: expected the place of a dead letter, found none at " + none);
      }
    }
    assertThat(execute("show", "--config", config, "--at", "here"))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(
            execute(
                "replay", "--config", config, "--at", place, "--value", wrong.toString(), "--yes"))
        .isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString())
        .contains("--yes sends them")
        .contains("expected --at")
        .contains("--since: expected a time like")
        .contains("--at: expected topic:partition:offset, found here")
        .contains("wrong.json: expected a QueryEvent in the JSON that");
  }

  @Test
  void shouldSendALoadThatIsAnswered() {
    int before = live.committed("predictions").size();

    int code =
        CommandLineInterface.create()
            .setOut(new PrintWriter(out, true))
            .execute(
                "load", "--config", config, "--rate", "40", "--seconds", "1", "--tenants", "3");

    assertThat(code).isEqualTo(ExitCode.OK.code());
    assertThat(out.toString()).contains("failed 0");
    assertThat(live.await("predictions", before + 10)).isNotEmpty();
  }

  private JsonNode json(String... args) {
    out.getBuffer().setLength(0);
    assertThat(execute(args)).as(err.toString()).isEqualTo(ExitCode.OK.code());
    return Json.parse(out.toString());
  }

  private int execute(String... args) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(args));
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
