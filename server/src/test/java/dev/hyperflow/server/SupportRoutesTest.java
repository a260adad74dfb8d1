package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.instance.TopicWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Support sets read and written as events, and examples in the order of their time. */
@Timeout(120)
class SupportRoutesTest {
  private static final int DIMENSION = 512;
  private static final long HOUR = 3_600_000;

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  private final Client client = API.client();
  private final String tenant = "support-" + UUID.randomUUID();
  private final long now = System.currentTimeMillis();

  private ObjectNode add(String eventId, String label) {
    ObjectNode event = ApiFixture.JSON.createObjectNode();
    event.put("operation", "ADD").put("eventId", eventId).put("label", label);
    ArrayNode features = event.putArray("features");
    for (int i = 0; i < DIMENSION; i++) {
      features.add(i == Math.floorMod(eventId.hashCode(), DIMENSION) ? 1 : 0);
    }
    return event;
  }

  private Answer post(ObjectNode event) {
    return client.post(Client.path(tenant) + "/support", event.toString());
  }

  private void teach(String eventId, String label, long timestamp) {
    assertThat(post(add(eventId, label).put("timestamp", timestamp)).status()).isEqualTo(202);
  }

  @Test
  void shouldListTheNewestExamplesFirstOnStablePages() {
    // Given times that are in no order, and some that are the same
    teach("c", "red", now - 3 * HOUR);
    teach("b", "blue", now - HOUR);
    teach("e", "red", now - 2 * HOUR);
    teach("a", "red", now - 2 * HOUR);
    teach("d", "blue", now - 2 * HOUR);
    client.awaitExample(tenant, "d", true);
    String examples = Client.path(tenant) + "/examples";

    // Then
    assertThat(ids(client.get(examples).json())).containsExactly("b", "a", "d", "e", "c");
    assertThat(ids(client.get(examples + "?label=red").json())).containsExactly("a", "e", "c");
    assertThat(client.get(examples).json().at("/examples/0/addedAt").asLong())
        .isEqualTo(now - HOUR);
    List<String> paged = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      paged.addAll(ids(client.get(examples + "?limit=2&page=" + page).json()));
    }
    assertThat(paged).containsExactly("b", "a", "d", "e", "c");
  }

  private Answer labels(String label, String verb, String body) {
    return client.post(
        Client.path(tenant) + "/labels/" + label + "/" + verb, body.replace('\'', '"'));
  }

  private void awaitLabels(String... labels) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(
                        client
                            .get(Client.path(tenant))
                            .json()
                            .get("labelsDetail")
                            .findValuesAsText("label"))
                    .containsExactlyInAnyOrder(labels));
  }

  @Test
  void shouldRenameAndMergeLabels() {
    // Given
    teach("a", "red", now - 3 * HOUR);
    teach("b", "a/b ü", now - 2 * HOUR);
    client.awaitExample(tenant, "b", true);

    // When one gets a name, and then takes the examples of the other
    assertThat(labels("red", "rename", "{'to':'scarlet'}").status()).isEqualTo(202);
    awaitLabels("scarlet", "a/b ü");
    Answer merged = labels("a%2Fb%20%C3%BC", "merge", "{'into':'scarlet','eventId':'m'}");

    // Then
    assertThat(merged.json().get("eventId").asText()).isEqualTo("m");
    awaitLabels("scarlet");
    assertThat(ids(client.get(Client.path(tenant) + "/examples").json())).containsExactly("b", "a");

    // And what cannot be is refused by its field
    assertThat(labels("red", "rename", "{}").json().get("field").asText()).isEqualTo("to");
    assertThat(labels("red", "merge", "{'into':' '}").json().get("field").asText())
        .isEqualTo("targetLabel");
    assertThat(post(add("c", "red").put("targetLabel", "blue")).json().get("field").asText())
        .isEqualTo("targetLabel");
  }

  @Test
  void shouldListWhatLooksWrongInLabels() {
    // Given two labels, an example between those of the other, and names that look alike
    for (int i = 0; i < 6; i++) {
      support(features("r" + i, "red", 1, i / 10f));
      support(features("b" + i, "blue", i / 10f, 1));
    }
    support(features("wrong", "blue", 1, 0.25f));
    support(features("same", "Blue", 1, 0.25f));
    client.awaitExample(tenant, "same", true);
    String path = Client.path(tenant) + "/suspects";

    // When
    JsonNode found = client.get(path).json();

    // Then
    assertThat(found.at("/suspects/0/eventId").asText()).isEqualTo("wrong");
    assertThat(found.at("/suspects/0/label").asText()).isEqualTo("blue");
    assertThat(found.at("/suspects/0/suggested").asText()).isEqualTo("red");
    assertThat(found.at("/suspects/0/probability").asDouble())
        .isLessThan(found.at("/suspects/0/suggestedProbability").asDouble());
    assertThat(found.get("judged").asInt()).isEqualTo(13);
    assertThat(found.get("examples").asInt()).isEqualTo(14);
    assertThat(found.at("/conflicts/0/examples").findValuesAsText("eventId"))
        .containsExactlyInAnyOrder("wrong", "same");
    assertThat(found.at("/lookAlikes/0/difference").asText()).isEqualTo("CASE");
    assertThat(client.get(path + "?limit=0").status()).isEqualTo(400);
    assertThat(client.get(Client.path("nobody") + "/suspects").code()).isEqualTo("UNKNOWN_TENANT");
  }

  private void support(ObjectNode event) {
    assertThat(post(event).status()).isEqualTo(202);
  }

  private static ObjectNode features(String eventId, String label, float first, float second) {
    ObjectNode event = ApiFixture.JSON.createObjectNode();
    event.put("operation", "ADD").put("eventId", eventId).put("label", label);
    ArrayNode features = event.putArray("features");
    for (int i = 0; i < DIMENSION; i++) {
      features.add(i == 0 ? first : i == 1 ? second : 0);
    }
    return event;
  }

  private static List<String> ids(JsonNode examples) {
    return examples.get("examples").findValuesAsText("eventId");
  }

  @Test
  void shouldGiveTheEventsInTheOrderOfArrivalOnPages() {
    // Given
    teach("z", "red", now - HOUR);
    teach("a", "red", now - 2 * HOUR);
    teach("m", "blue", now - 3 * HOUR);
    client.awaitExample(tenant, "m", true);
    String support = Client.path(tenant) + "/support";

    // When
    JsonNode whole = client.get(support).json();
    List<JsonNode> paged = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      client.get(support + "?limit=2&page=" + page).json().get("events").forEach(paged::add);
    }

    // Then
    assertThat(whole.get("total").asInt()).isEqualTo(4);
    assertThat(whole.get("events").findValuesAsText("eventId")).containsExactly("z", "a", "m");
    assertThat(whole.at("/events/0/operation").asText()).isEqualTo("CONFIGURE");
    assertThat(whole.at("/events/0/timestamp").asLong())
        .as("the tenant's time")
        .isEqualTo(now - HOUR);
    assertThat(whole.at("/events/1/features")).isEqualTo(floats(add("z", "red").get("features")));
    assertThat(whole.at("/events/1/encoder").asText())
        .isEqualTo(client.get("/api/v1/version").json().get("encoder").asText());
    assertThat(paged).containsExactlyElementsOf(whole.get("events"));
    assertThat(client.get(Client.path("nobody") + "/support").code()).isEqualTo("UNKNOWN_TENANT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float16", "int8"})
  void shouldMakeTheSameAgainWithOtherSettingsOfTheMemory(String precision, @TempDir Path state) {
    try (ApiFixture.Other other =
        API.other(
            "memory-" + precision,
            state,
            Map.of("memory.description-weight", "0.3", "memory.precision", precision))) {
      // Given weights that 0.3 does not divide evenly
      Client at = other.client();
      for (int i = 1; i <= 40; i++) {
        ObjectNode event =
            ApiFixture.JSON
                .createObjectNode()
                .put("operation", "DESCRIBE_LABEL")
                .put("eventId", "d" + i)
                .put("label", "label " + i)
                .put("text", "what the label of number " + i + " means")
                .put("weight", i / 7f);
        assertThat(at.post(Client.path(tenant) + "/support", event.toString()).status())
            .isEqualTo(202);
      }
      at.awaitExample(tenant, "d40", true);

      // When
      String copy = tenant + "-copy";
      for (JsonNode event :
          at.get(Client.path(tenant) + "/support?limit=1000").json().get("events")) {
        assertThat(at.post(Client.path(copy) + "/support", event.toString()).status())
            .isEqualTo(202);
      }
      at.awaitExample(copy, "d40", true);

      // Then
      assertThat(at.get(Client.path(copy)).json().get("examples").asInt()).isEqualTo(40);
      assertThat(at.get(Client.path(copy)).json().get("fingerprint"))
          .isEqualTo(at.get(Client.path(tenant)).json().get("fingerprint"));
      JsonNode copied = at.get(Client.path(copy) + "/support?limit=1000").json().get("events");
      assertThat(copied.findValuesAsText("text"))
          .hasSize(40)
          .contains("what the label of number 7 means");
    }
  }

  /** Whole numbers as the API writes them. */
  private static ArrayNode floats(JsonNode numbers) {
    ArrayNode floats = ApiFixture.JSON.createArrayNode();
    numbers.forEach(number -> floats.add((double) number.floatValue()));
    return floats;
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, 32_503_680_000_000L})
  void shouldRefuseTimesThatHoldUpOthers(long timestamp) {
    Answer answer = post(add("e", "red").put("timestamp", timestamp));

    assertThat(answer.code()).isEqualTo("INVALID");
    assertThat(answer.json().get("field").asText()).isEqualTo("timestamp");
    assertThat(answer.json().get("message").asText()).contains(Long.toString(timestamp));
  }

  @Test
  void shouldRefuseFeaturesOfAnotherEncoder() {
    String own = client.get("/api/v1/version").json().get("encoder").asText();
    ObjectNode text = add("e", "red").put("text", "a text").put("encoder", own).without("features");

    assertThat(post(add("e", "red").put("encoder", "another")).code()).isEqualTo("NOT_CONFIGURED");
    assertThat(post(add("e", "red").put("encoder", "another")).json().get("field").asText())
        .isEqualTo("encoder");
    assertThat(post(text).json().get("field").asText()).isEqualTo("encoder");
    assertThat(post(add("e", "red").put("encoder", own)).status()).isEqualTo(202);
  }

  @Test
  void shouldSayThatATopicDoesNotTakeATime() throws Exception {
    String topic = "recent-" + UUID.randomUUID();
    try (Admin admin =
            Admin.create(Map.of("bootstrap.servers", API.settings().get("bootstrap.servers")));
        TopicWriter writer = new TopicWriter(API.config())) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1)
                      .configs(Map.of("message.timestamp.before.max.ms", "1800000"))))
          .all()
          .get();
      QueryEvent record = new QueryEvent("q", new TextPayload("a text"));

      assertThat(writer.write(topic, new byte[] {1}, record, now).offset()).isZero();
      assertThatThrownBy(() -> writer.write(topic, new byte[] {1}, record, now - HOUR))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().code()).isEqualTo(ErrorCode.INVALID);
                assertThat(e.problem().field()).isEqualTo("timestamp");
              });
    }
  }
}
