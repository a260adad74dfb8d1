package dev.hyperflow.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.app.bundle.Json;
import dev.hyperflow.app.lifecycle.ExitCode;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.schemas.PackedFeatures;
import dev.hyperflow.server.ApiFixture;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The verbs beside a real broker, registry, application and server. */
@Timeout(300)
class TenantCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int MANY = 10_000;
  private static final int DIMENSION = 512;
  private static final String FAR_FUTURE = "4102444800000";
  private static final List<String> TEXTS =
      List.of("they took my card", "a loan for my home", "hello", "zzz ☃ 😀");

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Client client = API.client();
  private final String tenant = "verbs-" + UUID.randomUUID();

  /**
   * Settings, a description, a weight, an expiry, and more examples than fit by default's order.
   */
  private void teachAllSorts() {
    support("{'operation':'CONFIGURE','settings':{'examplesPerLabel':3,'abstainBelow':0.25}}");
    client.teach(tenant, "gone", "cards", "pushed out by those that follow");
    client.teach(tenant, "z1", "cards", "my card was stolen");
    client.teach(tenant, "a2", "cards", "block my credit card please");
    client.teach(tenant, "m3", "cards", "the card machine kept it");
    support(
        "{'operation':'DESCRIBE_LABEL','eventId':'d','label':'lo\u00e4ns & co','text':'credit',"
            + "'weight':0.3}");
    support(
        "{'operation':'ADD','eventId':'e4','label':'lo\u00e4ns & co','weight':2.7,'expiresAt':"
            + FAR_FUTURE
            + ",'text':'what is the rate of a mortgage'}");
    client.awaitExample(tenant, "e4", true);
  }

  private void support(String body) {
    assertThat(client.post(Client.path(tenant) + "/support", body.replace('\'', '"')).status())
        .isEqualTo(202);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void shouldReplaceNeitherALinkNorADeviceByAnExport() throws Exception {
    teachAllSorts();
    Path file = Files.writeString(directory.resolve("file"), "old");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    Path device = Files.createSymbolicLink(directory.resolve("device"), Path.of("/dev/null"));

    assertThat(execute("export", tenant, "--to", link.toString())).isZero();
    assertThat(execute("export", tenant, "--to", device.toString())).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(file).content().startsWith("{");
    assertThat(device).isSymbolicLink();
  }

  @Test
  void shouldCopyATenantBitForBitUnderAnotherName() throws Exception {
    // Given
    teachAllSorts();
    String copy = tenant + "-copy";
    Path file = directory.resolve("tenant.jsonl");

    // When
    assertThat(execute("export", tenant, "--to", file.toString())).isZero();
    assertThat(execute("import", copy, "--from", file.toString(), "--wait")).isZero();

    // Then
    assertThat(memory(client, copy)).isEqualTo(memory(client, tenant));
    assertThat(answers(client, copy)).isEqualTo(answers(client, tenant));
    String fingerprint = client.get(Client.path(tenant)).json().get("fingerprint").asText();
    assertThat(out.toString()).contains(fingerprint);
    assertThat(err.toString()).contains(fingerprint, "Wrote 6 support events of " + tenant);
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).matches("[\\n -~]*");
    assertThat(directory).isDirectoryNotContaining(each -> !each.equals(file));

    // When what was done is done again, nothing changes
    long applied = supportOf(client, copy).get("applied").asLong();
    assertThat(execute("import", copy, "--from", file.toString(), "--wait")).isZero();
    assertThat(supportOf(client, copy).get("applied").asLong()).isEqualTo(applied);

    // And the copy goes on as the tenant does: the same example is the next to make room
    for (String name : List.of(tenant, copy)) {
      client.teach(name, "next", "cards", "my card is lost");
      client.awaitExample(name, "z1", false);
    }
    assertThat(fingerprint(client, copy)).isEqualTo(fingerprint(client, tenant));
  }

  @Test
  void shouldPostEachLineAsItIs() {
    // Given
    teachAllSorts();
    String copy = tenant + "-posted";
    assertThat(execute("export", tenant)).isZero();

    // When
    List<String> lines = out.toString().lines().toList();
    lines.forEach(
        line ->
            assertThat(client.post(Client.path(copy) + "/support", line).status()).isEqualTo(202));

    // Then
    client.awaitExample(copy, "e4", true);
    assertThat(memory(client, copy)).isEqualTo(memory(client, tenant));
  }

  @Test
  void shouldCopyATenantIntoAnotherApplicationAndListTenThousand() throws Exception {
    teachAllSorts();
    Path file = directory.resolve("tenant.jsonl");
    assertThat(execute("export", tenant, "--to", file.toString())).isZero();
    try (ApiFixture.Other application = API.other("verbs", directory.resolve("state"), Map.of())) {
      Client other = application.client();
      String url = application.server().url();

      // When
      assertThat(at(url, "import", tenant, "--from", file.toString(), "--wait")).isZero();

      // Then
      assertThat(memory(other, tenant)).isEqualTo(memory(client, tenant));
      assertThat(answers(other, tenant)).isEqualTo(answers(client, tenant));

      // Given
      addTenants(application.config());
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> other.get("/api/v1/tenants?limit=1").json().get("total").asInt() == MANY + 1);

      // When
      out.getBuffer().setLength(0);
      assertThat(at(url, "list", "--limit", "20000", "--json")).isZero();

      // Then
      Set<String> names = new HashSet<>();
      JsonNode list = Json.parse(out.toString());
      list.get("tenants").forEach(row -> names.add(row.get("tenant").asText()));
      assertThat(list.get("total").asInt()).isEqualTo(MANY + 1);
      assertThat(names).hasSize(MANY + 1).contains(tenant, "many-0", "many-9999");

      // When
      out.getBuffer().setLength(0);
      assertThat(at(url, "list", "--limit", "2500", "--sort", "examples", "--desc", "--json"))
          .isZero();

      // Then
      JsonNode sorted = Json.parse(out.toString()).get("tenants");
      assertThat(sorted).hasSize(2_500);
      assertThat(sorted.get(0).get("tenant").asText()).isEqualTo(tenant);
    }
  }

  private static void addTenants(ApplicationConfig config) throws Exception {
    String topic = config.topics().support();
    try (Serializer<Object> serializer = config.serializer();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                config.producer("many"), new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        float[] features = new float[DIMENSION];
        features[i % DIMENSION] = 1;
        SupportEvent event =
            SupportEvent.newBuilder()
                .setEventId("e")
                .setOperation(SupportOperation.ADD)
                .setLabel("label")
                .setPayload(PackedFeatures.pack(features))
                .build();
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    topic,
                    ("many-" + i).getBytes(StandardCharsets.UTF_8),
                    serializer.serialize(topic, event))));
      }
      for (Future<RecordMetadata> each : sent) {
        each.get();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "..",
        ".",
        "a b",
        "-x",
        "--yes",
        "@file",
        "100%2F",
        "😀 émoji",
        "?x=1#y",
        "../../etc/passwd",
        "'\"\\"
      })
  void shouldKeepTenantsWithNastyNamesApart(String start) throws Exception {
    // Given
    String name = start + tenant;
    String other = start + "other" + tenant;
    client.teach(name, "e1", "label[1m", "a text");
    client.teach(other, "e1", "label", "a text");
    Path file = directory.resolve("tenant.jsonl");

    // When it is shown, nothing that a terminal obeys comes out
    assertThat(execute("show", "--", name)).as(err.toString()).isZero();
    assertThat(execute("list", "--search", tenant)).isZero();
    assertThat(out.toString().chars())
        .noneMatch(c -> c != '\n' && (c < ' ' || c == 0x7F || c == 0x202e));
    assertThat(json("show", "--json", "--", name).get("tenant").asText()).isEqualTo(name);

    // When it goes away and comes back
    assertThat(execute("export", "--to", file.toString(), "--", name)).isZero();
    JsonNode proof = json("forget", "--yes", "--json", "--", name);
    assertThat(proof.get("tenant").asText()).isEqualTo(name);
    assertThat(proof.get("partitions").asInt()).isEqualTo(2);
    assertThat(client.get(Client.path(name)).code()).isEqualTo("UNKNOWN_TENANT");
    assertThat(client.get(Client.path(other)).status()).isEqualTo(200);
    assertThat(execute("import", "--wait", "--from", file.toString(), "--", name))
        .as(err.toString())
        .isZero();

    // Then
    assertThat(client.get(Client.path(name)).json().get("examples").asInt()).isEqualTo(1);
  }

  @Test
  void shouldProveThatATenantIsForgotten() {
    // Given
    teachAllSorts();

    // When
    assertThat(execute("forget", tenant)).isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("forget", tenant, "--json")).isEqualTo(ExitCode.USAGE.code());

    // Then
    assertThat(err.toString()).contains("--yes forgets", "--json: expected --yes");
    assertThat(client.get(Client.path(tenant)).status()).isEqualTo(200);

    // When
    assertThat(execute("forget", tenant, "--yes")).isZero();

    // Then
    assertThat(out.toString())
        .contains("Forgotten     " + tenant)
        .containsPattern("Acknowledged  support:[01]:\\d+")
        .containsPattern("Unknown       since \\d{4}-.*, in all 2 partitions");
    assertThat(client.get(Client.path(tenant)).code()).isEqualTo("UNKNOWN_TENANT");
    for (String verb : List.of("show", "export", "forget")) {
      err.getBuffer().setLength(0);
      String[] args =
          verb.equals("forget")
              ? new String[] {verb, tenant, "--yes"}
              : new String[] {verb, tenant};
      assertThat(execute(args)).isEqualTo(ExitCode.FAILED.code());
      assertThat(err.toString()).contains("UNKNOWN_TENANT").doesNotContain("Exception");
    }
  }

  @Test
  void shouldShowAndListWithoutColoursWhereNobodyLooks() {
    teachAllSorts();

    assertThat(execute("show", tenant)).isZero();
    assertThat(out.toString())
        .contains("5 examples, 2 labels")
        .contains(fingerprint(client, tenant))
        .contains("examples per label 3, abstains below 0.25")
        .containsPattern("3 +3  cards\n")
        .contains("lo\u00e4ns & co  described")
        .containsPattern("head +fingerprint [0-9a-f]{32}, ")
        .doesNotContain("\u001b");

    out.getBuffer().setLength(0);
    assertThat(execute("list", "--search", tenant, "--sort", "ACCURACY", "--desc")).isZero();
    assertThat(out.toString()).contains("tested", "before", "after", "gain");
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(out.toString()).doesNotContain("\u001b");

    JsonNode shown = json("show", tenant, "--json");
    assertThat(shown.get("head").get("fingerprint")).isEqualTo(shown.get("fingerprint"));
    assertThat(shown.get("labelsDetail")).hasSize(2);

    out.getBuffer().setLength(0);
    assertThat(execute("list", "--search", "no such " + tenant)).isZero();
    assertThat(out.toString()).isEqualTo("No tenants.\n");
  }

  @Test
  void shouldCheckAFileBeforeTheFirstLineIsSent() throws Exception {
    String good = "{\"operation\":\"ADD\",\"eventId\":\"1\",\"label\":\"a\",\"text\":\"b\"}\n";
    Map<String, String> files = new HashMap<>();
    files.put(good + "\n{\"operation\":\"ADD\"", "line 3: body: expected JSON");
    files.put(good + "{\"operation\":\"ADD\",\"lable\":\"a\"}", "line 2: lable: ");
    files.put(good + "{\"operation\":\"FORGET_TENANT\"}", "line 2: operation: expected one of");
    files.put(good + "{}", "line 2: operation: expected one, found none");
    files.put(
        good + "{\"operation\":\"ADD\",\"label\":\"a\",\"text\":\"b\"}",
        "line 2: eventId: expected a value for ADD");
    files.put("\n \n", "expected a line for each support event, found none");
    for (Map.Entry<String, String> each : files.entrySet()) {
      err.getBuffer().setLength(0);
      Path file = Files.writeString(directory.resolve("wrong.jsonl"), each.getKey());

      assertThat(execute("import", tenant, "--from", file.toString()))
          .isEqualTo(ExitCode.USAGE.code());

      assertThat(err.toString()).contains(file + ": " + each.getValue());
    }
    Path latin = directory.resolve("latin.jsonl");
    Files.write(latin, "{\"operation\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(execute("import", tenant, "--from", latin.toString()))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(execute("import", tenant, "--from", directory.resolve("none").toString()))
        .isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString())
        .contains("expected UTF-8, found other bytes")
        .contains("--from: expected a readable file");
    assertThat(client.get(Client.path(tenant)).code()).isEqualTo("UNKNOWN_TENANT");
  }

  @Test
  void shouldSayWhichLineTheApplicationRefuses() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("refused.jsonl"),
            """
            {"operation":"ADD","eventId":"1","label":"a","text":"b"}
            {"operation":"ADD","eventId":"2","label":"a","features":[1,2]}
            """);

    assertThat(execute("import", tenant, "--from", file.toString()))
        .isEqualTo(ExitCode.USAGE.code());

    assertThat(err.toString()).contains("line 2: INVALID", "features", "expected 512");
    client.awaitExample(tenant, "1", true);
  }

  @Test
  void shouldSayWhatDoesNotShow() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("crowded.jsonl"),
            """
            {"operation":"CONFIGURE","settings":{"examplesPerLabel":1}}
            {"operation":"ADD","eventId":"first","label":"a","text":"b"}
            {"operation":"ADD","eventId":"second","label":"a","text":"c"}
            """);

    assertThat(execute("import", tenant, "--from", file.toString(), "--wait", "--timeout", "2"))
        .isEqualTo(ExitCode.FAILED.code());

    assertThat(err.toString()).contains("found 1 missing: first. The dead letters");
  }

  /** Everything that a tenant is made of, but its name. */
  private static JsonNode memory(Client at, String tenant) {
    JsonNode support = supportOf(at, tenant);
    assertThat(support.get("events")).hasSize(support.get("total").asInt());
    ((ObjectNode) support).remove("applied");
    ((ObjectNode) support).remove("lastEventAt");
    // The settings carry the time of the tenant's last event, whichever that was.
    ((ObjectNode) support.get("events").get(0)).remove("timestamp");
    return support;
  }

  private static JsonNode supportOf(Client at, String tenant) {
    return at.get(Client.path(tenant) + "/support?limit=1000").json();
  }

  private static String fingerprint(Client at, String tenant) {
    return at.get(Client.path(tenant)).json().get("fingerprint").asText();
  }

  private static List<JsonNode> answers(Client at, String tenant) {
    List<JsonNode> answers = new ArrayList<>();
    for (String text : TEXTS) {
      String body = ApiFixture.JSON.createObjectNode().put("text", text).toString();
      JsonNode answer = at.post(Client.path(tenant) + "/predict", body).json();
      assertThat(answer.get("status").asText()).isEqualTo("PERSONALISED");
      answers.add(((ObjectNode) answer).without("millis"));
    }
    return answers;
  }

  private JsonNode json(String... args) {
    out.getBuffer().setLength(0);
    assertThat(execute(args)).as(err.toString()).isZero();
    return Json.parse(out.toString());
  }

  @Test
  void shouldCorrectLabels() throws Exception {
    // Given an example of the wrong label, and a label under two names
    for (int i = 0; i < 3; i++) {
      client.teach(tenant, "c" + i, "cards", "my credit card was stolen " + i);
      client.teach(tenant, "l" + i, "loans", "the interest of a home loan " + i);
    }
    client.teach(tenant, "wrong", "loans", "my credit card was stolen 7");
    client.teach(tenant, "other", "Cards", "block the credit card");
    client.awaitExample(tenant, "other", true);

    // When
    JsonNode suspects = json("suspects", tenant, "--json");
    assertThat(execute("relabel", tenant, "wrong", "cards")).isZero();
    assertThat(execute("merge-labels", tenant, "Cards", "cards")).isZero();
    assertThat(execute("rename-label", tenant, "cards", "card lost")).isZero();
    assertThat(execute("retract", tenant, "l0")).isZero();
    assertThat(execute("suspects", tenant)).isZero();

    // Then
    assertThat(suspects.at("/suspects/0/eventId").asText()).isEqualTo("wrong");
    assertThat(suspects.at("/suspects/0/text").asText()).isEqualTo("my credit card was stolen 7");
    assertThat(suspects.at("/lookAlikes/0/difference").asText()).isEqualTo("CASE");
    JsonNode labels = client.get(Client.path(tenant)).json().get("labelsDetail");
    assertThat(labels.findValuesAsText("label")).containsExactlyInAnyOrder("card lost", "loans");
    assertThat(labels.findValuesAsText("examples")).containsExactlyInAnyOrder("5", "2");
    assertThat(out.toString()).contains("Acknowledged", "Pairs of labels that look alike: 0");

    // And what is not there is said before anything is sent
    assertThat(execute("rename-label", tenant, "cards", "x")).isNotZero();
    assertThat(execute("rename-label", tenant, "loans", "card lost")).isNotZero();
    assertThat(execute("merge-labels", tenant, "loans", "x")).isNotZero();
    assertThat(execute("relabel", tenant, "nothing", "x")).isNotZero();
    assertThat(err.toString())
        .contains("LABEL: expected a label of", "NEW: expected a name that no label of")
        .contains("INTO: expected a label of", "EVENT: expected the event id of an example of");
  }

  @Test
  void shouldSeeTheEffectOnNamesThatAreRememberedInAnotherForm() throws Exception {
    String lines =
        """
        {"operation":"ADD","eventId":"a ","label":"cafe\\u0301","text":"a cup of coffee"}
        {"operation":"ADD","eventId":"b","label":"tea ","text":"a pot of tea"}
        {"operation":"ADD","eventId":"c","label":"water","text":"a glass of water"}
        """;
    String file = Files.writeString(directory.resolve("names.jsonl"), lines).toString();

    assertThat(execute("import", tenant, "--from", file, "--wait", "--timeout", "20")).isZero();
    assertThat(execute("rename-label", tenant, " tea", "green tea ", "--timeout", "20")).isZero();
    assertThat(execute("relabel", tenant, "a", "te\u0301", "--timeout", "20")).isZero();
    assertThat(execute("merge-labels", tenant, "te\u0301 ", " water", "--timeout", "20")).isZero();
    assertThat(execute("retract", tenant, "c ", "--timeout", "20")).isZero();

    JsonNode labels = client.get(Client.path(tenant)).json().get("labelsDetail");
    assertThat(labels.findValuesAsText("label")).containsExactlyInAnyOrder("green tea", "water");
  }

  private int execute(String... args) {
    return at(client.url(), args);
  }

  private int at(String url, String... args) {
    List<String> all = new ArrayList<>(List.of("tenant", args[0], "--url", url));
    all.addAll(List.of(args).subList(1, args.length));
    CommandLine line = CommandLineInterface.create();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(all.toArray(String[]::new));
  }
}
