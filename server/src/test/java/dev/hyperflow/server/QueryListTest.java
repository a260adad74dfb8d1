package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.server.auth.Token;
import dev.hyperflow.server.auth.TokenLine;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Remembered queries: listed, labelled, taken back. */
@Timeout(240)
class QueryListTest {
  private static final String WINDOW = "3600000";
  private static final String ALL = "/api/v1/queries";

  @RegisterExtension static final ApiFixture API = new ApiFixture();
  @TempDir static Path directory;
  private static ApiFixture.Other application;

  private final Client client = application.client();
  private final String tenant = "queue-" + UUID.randomUUID();
  private final String queries = Client.path(tenant) + "/queries";

  @BeforeAll
  static void start() {
    application =
        API.other("queue", directory.resolve("state"), Map.of("feedback.window.ms", WINDOW));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private void teachSome() {
    client.teach(tenant, "e1", "cards", "my card was stolen");
    client.teach(tenant, "e2", "cards", "block my credit card please");
    client.teach(tenant, "e3", "loans", "what is the rate of a mortgage");
    client.teach(tenant, "e4", "loans", "I want to borrow money for a house");
  }

  private static void ask(Client at, String tenant, String queryId, String text) {
    String body =
        ApiFixture.JSON.createObjectNode().put("text", text).put("queryId", queryId).toString();
    assertThat(at.post(Client.path(tenant) + "/queries", body).status()).isEqualTo(202);
  }

  private void askSome() {
    ask(client, tenant, "q1", "they took my Card");
    ask(client, tenant, "q2", "a loan for my home");
    ask(client, tenant, "q3", "zzz \u2603");
    until(() -> client.get(queries).json().get("total").asInt() == 3);
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }

  private static List<String> ids(JsonNode page) {
    return page.get("queries").findValuesAsText("queryId");
  }

  private List<String> ids(String parameters) {
    return ids(client.get(queries + parameters).json());
  }

  private int tested() {
    JsonNode quality = client.get(Client.path(tenant)).json().get("quality");
    return quality.path("tested").asInt();
  }

  private int examples() {
    return client.get(Client.path(tenant)).json().get("examples").asInt();
  }

  @Test
  void shouldListAnswersWithWhatAReviewNeeds() {
    teachSome();
    askSome();

    JsonNode page = client.get(queries).json();
    JsonNode predicted =
        client.post(Client.path(tenant) + "/predict", "{\"queryId\":\"q1\",\"topK\":9}").json();
    JsonNode answered =
        client.post(Client.path(tenant) + "/predict", "{\"text\":\"they took my Card\"}").json();
    JsonNode row = row(page, "q1");

    assertThat(page.at("/texts/shown").asBoolean()).isTrue();
    assertThat(page.get("complete").asBoolean()).isTrue();
    assertThat(page.get("cursor").isNull()).isTrue();
    assertThat(page.get("feedbackWindowMillis").asText()).isEqualTo(WINDOW);
    assertThat(row.get("tenant").asText()).isEqualTo(tenant);
    assertThat(row.get("text").asText()).isEqualTo("they took my Card");
    assertThat(row.get("status").asText()).isEqualTo("PERSONALISED");
    assertThat(row.get("label")).isEqualTo(answered.get("label"));
    assertThat(row.get("probability").floatValue())
        .isEqualTo(answered.get("confidence").floatValue());
    assertThat(row.get("initialLabel")).isEqualTo(answered.get("initialLabel"));
    assertThat(row.get("scope")).isEqualTo(answered.get("scope"));
    assertThat(row.get("labels")).isEqualTo(predicted.get("labels")).hasSize(2);
    assertThat(row.get("feedback").isNull()).isTrue();
  }

  private static JsonNode row(JsonNode page, String queryId) {
    return StreamSupport.stream(page.get("queries").spliterator(), false)
        .filter(row -> row.get("queryId").asText().equals(queryId))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldSortFilterAndPage() {
    teachSome();
    askSome();
    JsonNode page = client.get(queries).json();
    List<Double> probabilities = new ArrayList<>();
    page.get("queries").forEach(row -> probabilities.add(row.get("probability").asDouble()));

    assertThat(probabilities).isSorted().hasSize(3);
    assertThat(ids("?sort=newest")).containsExactly("q3", "q2", "q1");
    assertThat(ids("?text=CARD")).containsExactly("q1");
    assertThat(ids("?text=nowhere")).isEmpty();
    assertThat(ids("?label=" + row(page, "q2").get("label").asText())).contains("q2");
    assertThat(ids("?label=none")).isEmpty();
    assertThat(ids("?filter=none-of-these")).isEmpty();
    assertThat(ids("?filter=no-labels")).isEmpty();
    assertThat(ids("?max-age=3600")).hasSize(3);
    assertThat(client.get(queries + "?filter=nonsense").code()).isEqualTo("INVALID");
    assertThat(client.get(queries + "?cursor=nonsense").code()).isEqualTo("INVALID");

    List<String> paged = new ArrayList<>();
    String cursor = "";
    for (int i = 0; i < 3; i++) {
      JsonNode one = client.get(queries + "?limit=1" + cursor).json();
      assertThat(one.get("total").asInt()).isEqualTo(3);
      paged.addAll(ids(one));
      cursor = "&cursor=" + one.get("cursor").asText();
    }
    assertThat(paged).isEqualTo(ids(page));
    assertThat(ids("?limit=1" + cursor)).isEmpty();
  }

  @Test
  void shouldLearnAndMeasureALabelOnceAndTakeItBack() {
    teachSome();
    askSome();
    String label = "{\"queryId\":\"q1\",\"label\":\"cards\"}";

    // When it is given twice
    String eventId =
        client.post(Client.path(tenant) + "/feedback", label).json().get("eventId").asText();
    client.post(Client.path(tenant) + "/feedback", label);
    client.awaitExample(tenant, eventId, true);
    client.teach(tenant, "e5", "loans", "lend me some money");

    // Then
    assertThat(eventId).isEqualTo("feedback-q1");
    assertThat(examples()).isEqualTo(6);
    int before = tested();
    assertThat(ids("")).doesNotContain("q1").hasSize(2);
    assertThat(ids("?feedback=given")).containsExactly("q1");
    assertThat(ids("?feedback=any")).hasSize(3);
    JsonNode given = client.get(queries + "?feedback=given").json().at("/queries/0/feedback");
    assertThat(given.get("label").asText()).isEqualTo("cards");
    assertThat(given.get("eventId").asText()).isEqualTo(eventId);

    // When another label corrects it
    client.post(Client.path(tenant) + "/feedback", "{\"queryId\":\"q1\",\"label\":\"theft\"}");
    until(
        () ->
            client
                .get(queries + "?feedback=given")
                .json()
                .at("/queries/0/feedback/label")
                .asText()
                .equals("theft"));

    // Then
    assertThat(examples()).isEqualTo(6);
    assertThat(tested()).isEqualTo(before);

    // When it is taken back
    client.post(
        Client.path(tenant) + "/support",
        "{\"operation\":\"RETRACT\",\"targetEventId\":\"%s\"}".formatted(eventId));
    client.awaitExample(tenant, eventId, false);

    // Then
    assertThat(ids("")).hasSize(3);
    assertThat(ids("?feedback=given")).isEmpty();
  }

  @Test
  void shouldListQueriesOfATenantWithoutLabels() {
    ask(client, tenant, "q1", "who are you");
    until(() -> client.get(queries + "?filter=no-labels").json().get("total").asInt() == 1);

    JsonNode row = client.get(queries).json().at("/queries/0");
    assertThat(row.get("status").asText()).isEqualTo("NO_LABELS");
    assertThat(row.get("label").isNull()).isTrue();
    assertThat(row.get("labels")).isEmpty();

    client.post(Client.path(tenant) + "/feedback", "{\"queryId\":\"q1\",\"label\":\"identity\"}");
    client.awaitExample(tenant, "feedback-q1", true);
    assertThat(examples()).isEqualTo(1);
  }

  @Test
  void shouldShowTextsOfExamplesWhereverTheyMatter() {
    teachSome();

    JsonNode examples = client.get(Client.path(tenant) + "/examples").json();
    JsonNode map = client.get(Client.path(tenant) + "/map").json();
    JsonNode predicted =
        client
            .post(Client.path(tenant) + "/predict", "{\"text\":\"card\",\"influence\":true}")
            .json();

    for (JsonNode list :
        List.of(examples.get("examples"), map.get("examples"), predicted.get("influence"))) {
      assertThat(list.findValuesAsText("text"))
          .contains("my card was stolen", "what is the rate of a mortgage")
          .hasSize(4);
    }
    assertThat(map.at("/texts/shown").asBoolean()).isTrue();
    assertThat(predicted.at("/texts/shown").asBoolean()).isTrue();
    assertThat(
            client
                .post(Client.path(tenant) + "/predict", "{\"queryId\":\"q\",\"text\":\"t\"}")
                .json()
                .get("field")
                .asText())
        .isEqualTo("queryId");
    assertThat(client.post(Client.path(tenant) + "/predict", "{\"queryId\":\"no\"}").code())
        .isEqualTo("INVALID");
  }

  @Test
  void shouldSayThatNoQueryIsRememberedWithoutAWindow() {
    assertThat(API.client().get(ALL).code()).isEqualTo("NOT_CONFIGURED");
    assertThat(API.client().get(ALL).json().get("message").asText()).contains("feedback.window.ms");
    assertThat(
            API.client()
                .post(Client.path(tenant) + "/feedback", "{\"queryId\":\"q\",\"label\":\"l\"}")
                .code())
        .isEqualTo("NOT_CONFIGURED");
    assertThat(client.post(Client.path(tenant) + "/feedback", "{\"label\":\"l\"}").code())
        .isEqualTo("INVALID");
  }

  @Test
  void shouldShowATokenItsTenantsAloneAndTextsOnlyToOneThatMayWrite() throws Exception {
    teachSome();
    askSome();
    String other = tenant + "-other";
    ask(client, other, "secret-id", "a secret text");
    until(() -> client.get(ALL + "?limit=200").body().contains(other));
    Token reader = Token.create();
    Token bound = Token.create();
    Path file = directory.resolve("tokens");
    Files.write(
        file,
        List.of(
            line(reader, Scope.READ, Optional.empty()),
            line(bound, Scope.WRITE, Optional.of(Set.of(tenant)))));
    try (HttpServer server = application.server(Map.of("http.tokens", file.toString()))) {
      Client mine = new Client(server.url(), bound.text());
      Client reading = new Client(server.url(), reader.text());

      assertThat(mine.get(ALL).json().get("total").asInt()).isEqualTo(3);
      assertThat(mine.get(ALL).body()).doesNotContain("secret").contains("they took my Card");
      assertThat(mine.get(Client.path(other) + "/queries").code()).isEqualTo("FORBIDDEN");
      for (String target :
          List.of(queries, ALL, Client.path(tenant) + "/examples", Client.path(tenant) + "/map")) {
        assertThat(reading.get(target).status()).as(target).isEqualTo(200);
        assertThat(reading.get(target).body())
            .as(target)
            .contains("scope write")
            .doesNotContainIgnoringCase("my card");
      }
      assertThat(
              reading
                  .post(Client.path(tenant) + "/predict", "{\"text\":\"x\",\"influence\":true}")
                  .body())
          .contains("scope write")
          .doesNotContain("my card");
      assertThat(reading.get(queries + "?text=card").code()).isEqualTo("FORBIDDEN");
    }
  }

  private static String line(Token token, Scope scope, Optional<Set<String>> tenants) {
    return new TokenLine(token.id(), token.hash(), new Grant("test", scope, tenants)).text();
  }

  @Test
  void shouldGatherTheQueriesOfAllInstancesAndSayThatTextsAreOff() {
    Map<String, String> changes = Map.of("feedback.window.ms", WINDOW, "memory.texts", "none");
    try (ApiFixture.Other one = API.other("gather", directory.resolve("one"), changes);
        ApiFixture.Other two = API.other("gather", directory.resolve("two"), changes)) {
      Client first = one.client();
      Client second = two.client();
      List<String> tenants = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tenants.add(tenant + "-" + i);
      }
      tenants.forEach(each -> ask(first, each, "q", "a text"));
      until(() -> total(first) == 8 && total(second) == 8);
      until(
          () ->
              tenants.stream()
                      .map(each -> second.get(Client.path(each)))
                      .filter(answer -> !answer.code().equals("REBALANCING"))
                      .count()
                  == 8);

      // Then
      List<String> paged = new ArrayList<>();
      String cursor = "";
      for (int i = 0; i < 4; i++) {
        ObjectNode page = (ObjectNode) first.get(ALL + "?limit=2" + cursor).json();
        assertThat(page.get("total").asInt()).isEqualTo(8);
        assertThat(page.get("queries").findValuesAsText("text")).containsOnly("null");
        assertThat(page.at("/texts/setting").asText()).isEqualTo("memory.texts=keep");
        paged.addAll(page.get("queries").findValuesAsText("tenant"));
        cursor = "&cursor=" + page.get("cursor").asText();
      }
      assertThat(paged).containsExactlyInAnyOrderElementsOf(tenants);
      JsonNode here = second.get(ALL).json();
      assertThat(here).isEqualTo(first.get(ALL).json());
      for (String each : tenants) {
        assertThat(second.get(Client.path(each) + "/queries").json())
            .isEqualTo(first.get(Client.path(each) + "/queries").json());
      }
    }
  }

  private static int total(Client at) {
    return at.get(ALL).json().path("total").asInt();
  }
}
