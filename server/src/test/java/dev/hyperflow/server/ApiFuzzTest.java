package dev.hyperflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.hyperflow.server.ApiFixture.Answer;
import dev.hyperflow.server.ApiFixture.Client;
import dev.hyperflow.server.ApiFixture.Operation;
import dev.hyperflow.server.http.PathText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Requests generated from the OpenAPI document, right and wrong ones: each is answered as the
 * document says, and none finds the application wrong. {@code -Dhyperflow.fuzz.requests} and {@code
 * -Dhyperflow.fuzz.seed} set how many and which.
 */
@Timeout(3_000)
class ApiFuzzTest {
  private static final int REQUESTS = Integer.getInteger("hyperflow.fuzz.requests", 1_000);
  private static final long SEED = Long.getLong("hyperflow.fuzz.seed", 20_261_124L);
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    "my card",
    "\u0000",
    "\ud800",
    "😀",
    "e1",
    "x".repeat(300),
    "null",
    "-1",
    "../..",
    "%00",
    "{\"a\":1}",
    "NaN",
    "\u202e",
    "cards"
  };
  private static final String[] TENANTS = {"fuzz", "fuzz", "fuzz/2", "fuzz 3", "😀", "nobody"};

  @RegisterExtension static final ApiFixture API = new ApiFixture();

  private final Random random = new Random(SEED);
  private final Client client = API.client();
  private final Map<JsonNode, Schema> schemas = new HashMap<>();
  private JsonNode document;

  @Test
  void shouldAnswerEveryGeneratedRequestAsDocumented() {
    // Given
    document = client.get("/openapi.json").json();
    client.teach("fuzz", "e1", "cards", "my card");
    client.teach("fuzz", "e2", "loans", "a loan");
    List<Operation> operations = ApiFixture.operations(document);
    // What changes state for good would leave nothing to ask about.
    operations.removeIf(operation -> operation.method().equals("DELETE"));
    Map<Integer, Integer> statuses = new TreeMap<>();
    List<String> wrong = new ArrayList<>();

    // When
    for (int i = 0; i < REQUESTS; i++) {
      Operation operation = operations.get(random.nextInt(operations.size()));
      String target = target(operation);
      String body = operation.node().has("requestBody") ? body(operation) : null;
      Answer answer = client.send(operation.method(), target, body);
      statuses.merge(answer.status(), 1, Integer::sum);
      if (!isDocumented(operation, answer)) {
        wrong.add(
            "%s %s %s → %d %s"
                .formatted(operation.method(), target, body, answer.status(), answer.body()));
      }
    }

    // Then
    assertThat(wrong).as("seed %d, answers %s", SEED, statuses).isEmpty();
    assertThat(statuses.keySet()).contains(200, 202, 400, 404);
  }

  /** Nothing here is a reason for a status of 500 or more, documented or not. */
  private boolean isDocumented(Operation operation, Answer answer) {
    JsonNode responses = operation.node().get("responses");
    if (answer.status() < 400) {
      JsonNode response = responses.path(Integer.toString(answer.status()));
      return response.isObject() && fits(answer, response, "application~1json");
    }
    return answer.status() < 500
        && fits(answer, document.at("/components/responses/Refused"), "application~1problem+json")
        && answer.response().headers().firstValue("Content-Type").orElse("").contains("problem")
        && answer.json().path("status").asInt() == answer.status()
        && answer.json().hasNonNull("code")
        && answer.json().hasNonNull("message");
  }

  /** Whether a body keeps to its schema, where there is one. */
  private boolean fits(Answer answer, JsonNode response, String mediaType) {
    JsonNode schema = response.at("/content/" + mediaType + "/schema");
    if (schema.isMissingNode()) {
      return true;
    }
    return schemas
        .computeIfAbsent(
            schema,
            found ->
                SCHEMAS.getSchema(
                    ((ObjectNode) found.deepCopy()).set("components", document.get("components"))))
        .validate(answer.json())
        .isEmpty();
  }

  private String target(Operation operation) {
    String path =
        operation
            .path()
            .replace("{tenant}", PathText.encode(pick(TENANTS)))
            .replace("{label}", PathText.encode("l" + pick(TEXTS).replace("\u0000", "")))
            .replace("{file}", PathText.encode("f" + pick(TEXTS).replace("\u0000", "")));
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.node().get("parameters")) {
      if (parameter.get("in").asText().equals("query") && random.nextBoolean()) {
        String value = value(parameter.get("schema")).asText();
        query.add(parameter.get("name").asText() + "=" + PathText.encode(value));
      }
    }
    return query.isEmpty() ? path : path + "?" + String.join("&", query);
  }

  private String body(Operation operation) {
    JsonNode schema =
        operation.node().get("requestBody").get("content").get("application/json").get("schema");
    if (schema.isEmpty()) {
      return "text,label\n%s,%s\n".formatted(pick(TEXTS), pick(TEXTS)).repeat(random.nextInt(3));
    }
    String body = value(schema).toString();
    return random.nextInt(20) == 0 ? body.substring(0, random.nextInt(body.length() + 1)) : body;
  }

  /** A value of a schema, now and then of another. */
  private JsonNode value(JsonNode schema) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    if (schema.has("anyOf")) {
      return value(schema.get("anyOf").get(0));
    }
    if (schema.has("$ref")) {
      return object(document.at(schema.get("$ref").asText().substring(1)));
    }
    if (random.nextInt(25) == 0) {
      return pick(
          nodes.nullNode(),
          nodes.numberNode(-7),
          nodes.textNode("?"),
          nodes.arrayNode(),
          nodes.booleanNode(true));
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
    }
    JsonNode type = schema.path("type");
    return switch (type.isArray() ? type.get(0).asText() : type.asText()) {
      case "integer" ->
          nodes.numberNode(
              random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(40) - 2);
      case "number" ->
          nodes.numberNode(random.nextInt(10) == 0 ? Double.MAX_VALUE : random.nextGaussian());
      case "boolean" -> nodes.booleanNode(random.nextBoolean());
      case "array" -> array(schema.get("items"));
      default -> nodes.textNode(pick(TEXTS));
    };
  }

  private JsonNode array(JsonNode items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    int size = random.nextInt(8) == 0 ? 384 : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      array.add(value(items));
    }
    return array;
  }

  private JsonNode object(JsonNode schema) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .get("properties")
        .properties()
        .forEach(
            property -> {
              boolean there =
                  required.contains(property.getKey())
                      ? random.nextInt(15) != 0
                      : random.nextInt(3) == 0;
              if (there) {
                object.set(property.getKey(), value(property.getValue()));
              }
            });
    if (random.nextInt(30) == 0) {
      object.put("unheard-of", 1);
    }
    return object;
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
