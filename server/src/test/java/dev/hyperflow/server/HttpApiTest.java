package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.serde.SpecificAvroDeserializer;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.server.http.ServerStartException;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.topology.internal.source.TenantKeys;
import dev.hyperflow.topology.testing.TestCluster;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class HttpApiTest {

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  private final Client client = API.client();
  private final String tenant = "tenant-" + UUID.randomUUID();

  private void teachSome() {
    client.teach(tenant, "e1", "cards", "my card was stolen");
    client.teach(tenant, "e2", "cards", "block my credit card please");
    client.teach(tenant, "e3", "loans", "what is the rate of a mortgage");
    client.teach(tenant, "e4", "loans", "I want to borrow money for a house");
  }

  @Test
  void shouldPredictBitForBitAsAQueryThroughTheTopicsIsAnswered() throws Exception {
    // Given
    teachSome();
    List<String> texts = List.of("they took my card", "a loan for my home", "hello", "zzz ☃ 😀");
    for (String text : texts) {
      String body = ApiFixture.JSON.createObjectNode().put("text", text).toString();

      // When
      JsonNode here = client.post(Client.path(tenant) + "/predict", body).json();
      Answer queried = client.post(Client.path(tenant) + "/queries", body);

      // Then
      assertThat(queried.status()).isEqualTo(202);
      Prediction streamed = prediction(queried.json().get("queryId").asText());
      assertThat(here.get("status").asText()).isEqualTo(streamed.getStatus().name());
      assertThat(here.get("label").asText()).isEqualTo(streamed.getLabel());
      assertThat(here.get("confidence").floatValue()).isEqualTo(streamed.getConfidence());
      assertThat(here.get("abstained").booleanValue()).isEqualTo(streamed.getAbstained());
      assertThat(here.get("scope").isNull()).isEqualTo(streamed.getScope() == null);
      assertThat(here.get("initialLabel").asText()).isEqualTo(streamed.getInitialLabel());
      assertThat(here.get("bundle").asText()).isEqualTo(streamed.getBundleId());
      assertThat(here.get("fingerprint").asText()).isEqualTo(streamed.getSupportFingerprint());
      assertThat(here.get("examples").asInt()).isEqualTo(streamed.getSupportCount());
      assertThat(here.get("labels")).hasSize(streamed.getTopLabels().size());
      for (int i = 0; i < here.get("labels").size(); i++) {
        assertThat(here.get("labels").get(i).get("label").asText())
            .isEqualTo(streamed.getTopLabels().get(i).getLabel());
        assertThat(here.get("labels").get(i).get("probability").floatValue())
            .isEqualTo(streamed.getTopLabels().get(i).getProbability());
      }
    }
  }

  private static Prediction prediction(String queryId) {
    String topic = API.config().topics().predictions();
    String brokers = API.settings().get("bootstrap.servers");
    try (SpecificAvroDeserializer<Prediction> values = new SpecificAvroDeserializer<>()) {
      values.configure(
          Map.of("schema.registry.url", API.settings().get("schema.registry.url")), false);
      return Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  TestCluster.committed(brokers, topic).stream()
                      .map(record -> values.deserialize(topic, record.value()))
                      .filter(prediction -> prediction.getQueryId().equals(queryId))
                      .findFirst(),
              Optional::isPresent)
          .get();
    }
  }

  @Test
  void shouldSayBeforehandWhatAnAddedExampleBringsAbout() {
    // Given
    teachSome();
    String query = "\"text\":\"please close my account\",\"topK\":10";
    JsonNode foreseen =
        client
            .post(
                Client.path(tenant) + "/predict",
                "{%s,\"with\":[{\"label\":\"closing\",\"text\":\"end my account\",\"eventId\":\"e5\"}]}"
                    .formatted(query))
            .json();

    // When
    client.teach(tenant, "e5", "closing", "end my account");
    JsonNode then = client.post(Client.path(tenant) + "/predict", "{" + query + "}").json();

    // Then
    assertThat(foreseen.get("whatIf").booleanValue()).isTrue();
    assertThat(then.get("whatIf").booleanValue()).isFalse();
    assertThat(then.get("labels")).isEqualTo(foreseen.get("labels"));
    assertThat(then.get("fingerprint")).isEqualTo(foreseen.get("fingerprint"));
  }

  @Test
  void shouldGiveTheInfluenceThatLeavingOutHas() {
    // Given
    teachSome();
    String predict = Client.path(tenant) + "/predict";
    JsonNode answer = client.post(predict, "{\"text\":\"card stolen\",\"influence\":true}").json();
    assertThat(answer.get("influence")).hasSize(4);

    for (JsonNode influence : answer.get("influence")) {
      // When
      JsonNode without =
          client
              .post(
                  predict,
                  "{\"text\":\"card stolen\",\"topK\":10,\"without\":[%s]}"
                      .formatted(influence.get("eventId")))
              .json();

      // Then
      float probability = 0;
      for (JsonNode label : without.get("labels")) {
        if (label.get("label").equals(answer.get("label"))) {
          probability = label.get("probability").floatValue();
        }
      }
      assertThat(influence.get("probabilityWithout").floatValue()).isEqualTo(probability);
    }
  }

  @Test
  void shouldShowATenantAndForgetIt() {
    teachSome();
    String path = Client.path(tenant);

    assertThat(client.get(path).json().get("labelsDetail")).hasSize(2);
    assertThat(client.get(path + "/examples?label=cards").json().get("total").asInt()).isEqualTo(2);
    assertThat(client.get(path + "/head").json().get("trajectory")).hasSizeGreaterThan(1);
    assertThat(client.get(path + "/map").json().get("examples")).hasSize(4);
    assertThat(client.get(path + "/crossvalidation").json().get("examples").asInt()).isEqualTo(4);
    assertThat(client.get(path + "/quality").json().get("markers")).hasSize(4);
    assertThat(client.get("/api/v1/overview").json().get("totals").get("events").asLong())
        .isPositive();

    assertThat(client.send("DELETE", path, null).status()).isEqualTo(202);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get(path).code().equals("UNKNOWN_TENANT"));
    assertThat(client.post(path + "/predict", "{\"text\":\"hi\"}").json().get("status").asText())
        .isEqualTo("NO_LABELS");
  }

  @Test
  void shouldShowARefusedRecordAndSendItCorrectedOnce() throws Exception {
    // Given a record that the API would not take
    try (TopicWriter writer = new TopicWriter(API.config())) {
      writer.write(
          API.config().topics().support(),
          TenantKeys.encode(tenant),
          SupportEvent.newBuilder()
              .setEventId("refused")
              .setOperation(SupportOperation.ADD)
              .setLabel("cards")
              .setPayload(new TextPayload(""))
              .build());
    }
    JsonNode[] found = new JsonNode[1];
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              found[0] = client.get("/api/v1/dead-letters?tenant=" + tenant).json().get("letters");
              return !found[0].isEmpty();
            });
    JsonNode letter = found[0].get(0);
    assertThat(letter.get("reason").asText()).isEqualTo("EMPTY_TEXT");
    assertThat(letter.get("message").asText()).isNotBlank();
    JsonNode attention = client.get("/api/v1/overview").json().get("attention");
    assertThat(attention.findValuesAsText("code")).contains("DEAD_LETTERS");
    assertThat(client.get("/api/v1/dead-letters?reason=EMPTY_TXT").json().get("message").asText())
        .startsWith("reason: expected one of ")
        .endsWith("found 'EMPTY_TXT'");

    // When
    String record = letter.get("record").asText();
    assertThat(record).contains("\"text\" : \"\"");
    String body =
        ApiFixture.JSON
            .createObjectNode()
            .put("at", letter.get("at").asText())
            .put("record", record.replace("\"text\" : \"\"", "\"text\": \"my card was stolen\""))
            .toString();
    JsonNode first = client.post("/api/v1/dead-letters/replay", body).json();
    JsonNode second = client.post("/api/v1/dead-letters/replay", body).json();

    // Then
    assertThat(first.get("outcome").asText()).as(first.toString()).isEqualTo("SENT");
    assertThat(second.get("outcome").asText()).isEqualTo("SENT_BEFORE");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.get(Client.path(tenant)).status() == 200);
    assertThat(client.get(Client.path(tenant)).json().get("examples").asInt()).isEqualTo(1);
    assertThat(client.post("/api/v1/dead-letters/replay", "{\"at\":\"dead-letters:99:1\"}").code())
        .isEqualTo("INVALID");
    assertThat(client.post("/api/v1/dead-letters/replay", "{\"at\":\"x:0:1\"}").code())
        .isEqualTo("INVALID");
  }

  @Test
  void shouldNameATenantThatIsAskedWithoutLabels() {
    client.post(Client.path(tenant) + "/queries", "{\"text\":\"hello\"}");

    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> attention().contains("NO_LABELS " + tenant));
    teachSome();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !attention().contains("NO_LABELS " + tenant));
  }

  private List<String> attention() {
    List<String> found = new ArrayList<>();
    client
        .get("/api/v1/overview")
        .json()
        .get("attention")
        .forEach(item -> found.add(item.get("code").asText() + " " + item.get("tenant").asText()));
    return found;
  }

  @Test
  void shouldServeTheMeters() {
    teachSome();

    ApiFixture.Answer page = client.get("/metrics");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body())
        .contains("# TYPE hyperflow_events_total counter")
        .containsPattern("hyperflow_events_total\\{application=\"api\".*} [1-9]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "..",
        ".",
        "a%2Fb",
        "100%",
        "😀 émoji",
        "a;b=c",
        "?x=1#y",
        "a+b c",
        "\\",
        "\"'<>",
        "../../etc/passwd",
        "tenants"
      })
  void shouldKeepTenantsWithNastyNamesApart(String name) {
    String nasty = name + tenant;

    client.teach(nasty, "only-of-" + name.length(), "red", "a text");

    assertThat(client.get(Client.path(nasty)).json().get("tenant").asText()).isEqualTo(nasty);
    assertThat(client.get(Client.path(nasty)).json().get("examples").asInt()).isEqualTo(1);
    assertThat(client.get(Client.path(tenant)).status()).isEqualTo(404);
  }

  @Test
  void shouldRefuseTenantNamesThatAreTooLong() {
    String path = Client.path("x".repeat(2_000));

    Answer answer = client.post(path + "/queries", "{\"text\":\"hi\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("field").asText()).isEqualTo("tenant");
    assertThat(client.get(path).status()).isEqualTo(404);
    assertThat(client.get(Client.path("😀".repeat(5_000))).status()).isBetween(400, 431);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                            | 400 | MALFORMED | ''",
        "[]                                           | 400 | MALFORMED | ''",
        "null                                         | 400 | MALFORMED | ''",
        "{} {}                                        | 400 | MALFORMED | ''",
        "{}                                           | 400 | INVALID   | text",
        "{\"text\":\"\"}                              | 400 | INVALID   | text",
        "{\"text\":7}                                 | 400 | INVALID   | text",
        "{\"text\":\"a\",\"features\":[1]}            | 400 | INVALID   | text",
        "{\"features\":[]}                            | 400 | INVALID   | features",
        "{\"features\":[1,2]}                         | 400 | INVALID   | features",
        "{\"features\":[1,\"x\"]}                     | 400 | INVALID   | features[1]",
        "{\"features\":[1e39]}                        | 400 | INVALID   | features[0]",
        "{\"text\":\"a\",\"topK\":0}                  | 400 | INVALID   | topK",
        "{\"text\":\"a\",\"topK\":1.5}                | 400 | INVALID   | topK",
        "{\"text\":\"a\",\"more\":1}                  | 400 | INVALID   | more",
        "{\"text\":\"a\",\"without\":[\"none\"]}      | 400 | INVALID   | without[0]",
        "{\"text\":\"a\",\"without\":[null]}          | 400 | INVALID   | without[0]",
        "{\"text\":\"a\",\"with\":[{}]}               | 400 | INVALID   | with[0].label",
        "{\"text\":\"a\",\"with\":[{\"label\":\"b\",\"text\":\"c\",\"weight\":-1}]}"
            + "| 400 | INVALID | with[0].weight",
        "{\"text\":\"a\",\"without\":[\"1\",\"2\",\"3\",\"4\",\"5\"]}"
            + "| 422 | TOO_MUCH_WORK | without",
      })
  void shouldNameTheFieldAtFault(String body, int status, String code, String field) {
    Answer answer = client.post(Client.path(tenant) + "/predict", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().path("field").asText("")).isEqualTo(field);
    assertThat(answer.response().headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
    assertThat(answer.body()).doesNotContain("java.", "Exception", "fasterxml", "hyperflow");
  }

  @Test
  void shouldRefuseWhatItCannotTake() {
    assertThat(client.get("/nothing/here").code()).isEqualTo("NOT_FOUND");
    assertThat(client.get("/assets/..%2Fversion.properties").code()).isEqualTo("NOT_FOUND");
    assertThat(client.send("PUT", "/api/v1/tenants", null).code()).isEqualTo("METHOD_NOT_ALLOWED");
    assertThat(client.send("POST", Client.path(tenant) + "/queries", null).code())
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    assertThat(client.get("/api/v1/tenants?limit=0").json().get("field").asText())
        .isEqualTo("limit");
    assertThat(client.get("/api/v1/tenants?sort=size").json().get("field").asText())
        .isEqualTo("sort");
    assertThat(client.get("/api/v1/tenants?serch=acme").json().get("field").asText())
        .isEqualTo("serch");
    assertThat(client.get("/api/v1/tenants?limit=1&limit=2").status()).isEqualTo(400);
    assertThat(client.get("/metrics?name%5B%5D=x").status()).isEqualTo(200);
    assertThat(client.get("/health/live?verbose").status()).isEqualTo(200);
    assertThat(client.get("/?from=mail").status()).isEqualTo(200);
    assertThat(
            client
                .post(
                    Client.path(tenant) + "/queries", "{\"text\":\"" + "x".repeat(2 << 20) + "\"}")
                .code())
        .isEqualTo("TOO_LARGE");
    assertThat(client.post("/api/v1/bundles", "{\"action\":\"ROLLBACK\"}").code())
        .isEqualTo("NOT_CONFIGURED");
  }

  @Test
  void shouldSendSecurityHeadersAndNoSecrets() {
    Answer answer = client.get("/api/v1/config");

    assertThat(answer.response().headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(answer.response().headers().firstValue("X-Content-Type-Options"))
        .hasValue("nosniff");
    assertThat(answer.response().headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.response().headers().firstValue("Server")).isEmpty();
    assertThat(answer.json().get("settings")).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host: evil.example", "Host: 127.0.0.1.evil.example"})
  void shouldRefuseOtherHostsAgainstDnsRebinding(String host) throws Exception {
    assertThat(raw(lines("GET /api/v1/version HTTP/1.1", host, "Connection: close", "", "")))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void shouldRefusePagesOfOtherSites() throws Exception {
    assertThat(
            raw(
                lines(
                    "GET /api/v1/version HTTP/1.1",
                    "Host: localhost",
                    "Origin: https://evil.example",
                    "Connection: close",
                    "",
                    "")))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void shouldNotWaitForSlowClients() throws Exception {
    // A body that never comes to its end.
    assertThat(
            raw(
                lines(
                    "POST /api/v1/tenants/a/queries HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Content-Length: 100",
                    "",
                    "{\"te")))
        .startsWith("HTTP/1.1 408");
    assertThat(client.get("/health/ready").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET /api/v1/tenants/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/v1/tenants/%ff HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/v1/tenants/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
      })
  void shouldRefuseMalformedRequests(String request) throws Exception {
    assertThat(raw(request)).startsWith("HTTP/1.1 4").doesNotContain("Exception", "jetty", "\tat ");
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  private String raw(String request) throws Exception {
    URI url = URI.create(client.url());
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(15_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      StringBuilder all = new StringBuilder();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        all.append(line).append('\n');
      }
      return all.toString();
    }
  }

  @Test
  void shouldTurnAwayWhatIsTooMuchAtATime() throws Exception {
    // Given a server with two places
    teachSome();
    int requests = 60;
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try (HttpServer small = API.server(Map.of("http.max-requests", "2"))) {
      Client many = new Client(small.url(), null);
      CountDownLatch begin = new CountDownLatch(1);
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        answers.add(
            threads.submit(
                () -> {
                  begin.await();
                  return many.post(
                      Client.path(tenant) + "/predict",
                      "{\"text\":\"card stolen\",\"influence\":true}");
                }));
      }

      // When
      begin.countDown();

      // Then each is answered, or told when to try again
      int right = 0;
      for (Future<Answer> future : answers) {
        Answer answer = future.get();
        if (answer.status() == 200) {
          assertThat(answer.json().get("label").asText()).isEqualTo("cards");
          right++;
        } else {
          assertThat(answer.code()).isEqualTo("OVERLOADED");
          assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
        }
      }
      assertThat(right).isBetween(1, requests);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldNotListenToTheWorldWithoutTokens() {
    assertThatThrownBy(() -> API.server(Map.of("http.host", "0.0.0.0")))
        .isInstanceOf(ServerStartException.class)
        .hasMessageContaining("http.host")
        .hasMessageContaining("http.tokens");
  }
}
