package dev.hyperflow.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the OpenAPI document of a list of routes. */
public final class OpenApi {
  private static final Pattern PATH_PARAMETER = Pattern.compile("\\{([a-z]+)}");
  private static final String SCHEMA = "schema";
  private static final int RETRYABLE = 503;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final RecordSchemas schemas = new RecordSchemas();

  private OpenApi() {}

  /** The document, JSON. */
  public static byte[] document(List<Route> routes) {
    return Json.indented(new OpenApi().build(routes));
  }

  private JsonNode build(List<Route> routes) {
    ObjectNode root = NODES.objectNode();
    root.put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "HyperFlow Streams")
        .put("version", "1")
        .put("description", "Tenants, predictions and operation of one instance or a cluster.");
    Map<String, ObjectNode> paths = new TreeMap<>();
    for (Route route : routes) {
      paths
          .computeIfAbsent(route.path(), path -> NODES.objectNode())
          .set(route.method().toLowerCase(java.util.Locale.ROOT), operation(route));
    }
    root.set("paths", NODES.objectNode().setAll(paths));
    ObjectNode components = root.putObject("components");
    schemas.reference(Problem.class);
    components.set("schemas", schemas.all());
    components
        .putObject("responses")
        .<ObjectNode>set("NotNow", notNow())
        .set("Refused", refusal("Refused"));
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put("type", "http")
        .put("scheme", "bearer");
    return root;
  }

  private JsonNode operation(Route route) {
    ObjectNode operation = NODES.objectNode();
    operation.put("summary", route.doc().summary());
    operation.put("x-scope", route.access().scope().name().toLowerCase(java.util.Locale.ROOT));
    ArrayNode parameters = operation.putArray("parameters");
    Matcher inPath = PATH_PARAMETER.matcher(route.path());
    while (inPath.find()) {
      parameters
          .addObject()
          .put("name", inPath.group(1))
          .put("in", "path")
          .put("required", true)
          .putObject(SCHEMA)
          .put("type", "string");
    }
    route.doc().parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    route
        .doc()
        .request()
        .ifPresent(
            body ->
                operation
                    .putObject("requestBody")
                    .put("required", true)
                    .set(
                        "content",
                        body == Route.TextFile.class ? file() : content(Reply.JSON, body)));
    ObjectNode responses = operation.putObject("responses");
    ObjectNode success = responses.putObject(Integer.toString(route.doc().status()));
    success.put("description", "Done");
    route.doc().response().ifPresent(body -> success.set("content", content(Reply.JSON, body)));
    if (!route.access().isPublic()) {
      operation.putArray("security").addObject().putArray("token");
      responses.putObject(Integer.toString(RETRYABLE)).put("$ref", "#/components/responses/NotNow");
    }
    responses.putObject("default").put("$ref", "#/components/responses/Refused");
    return operation;
  }

  /** The answer that a client should be ready for, whatever it asks: to ask again. */
  private ObjectNode notNow() {
    String codes =
        Stream.of(ErrorCode.values())
            .filter(code -> code.status() == RETRYABLE)
            .map(Enum::name)
            .collect(Collectors.joining(", "));
    ObjectNode refusal = refusal("Unavailable now, try again: " + codes);
    ObjectNode header = refusal.putObject("headers").putObject("Retry-After");
    header.put("description", "Seconds to wait. retryAfterMillis in the body is more exact.");
    header.putObject(SCHEMA).put("type", "integer").put("minimum", 0);
    return refusal;
  }

  private ObjectNode refusal(String description) {
    ObjectNode refusal = NODES.objectNode();
    refusal.put("description", description);
    refusal.set("content", content(Reply.PROBLEM, Problem.class));
    return refusal;
  }

  private static JsonNode parameter(Route.Parameter parameter) {
    ObjectNode node = NODES.objectNode();
    node.put("name", parameter.name()).put("in", "query");
    node.put("description", parameter.meaning());
    ObjectNode schema = node.putObject(SCHEMA);
    if (parameter.least().isPresent()) {
      schema.put("type", "integer");
      schema.put("minimum", parameter.least().get()).put("maximum", parameter.most());
    } else {
      schema.put("type", "string");
      if (!parameter.words().isEmpty()) {
        ArrayNode words = schema.putArray("enum");
        parameter.words().forEach(words::add);
      }
    }
    return node;
  }

  private static JsonNode file() {
    ObjectNode content = NODES.objectNode();
    for (String mediaType : Route.TextFile.MEDIA_TYPES) {
      content.putObject(mediaType).putObject(SCHEMA).put("type", "string");
    }
    return content;
  }

  private JsonNode content(String mediaType, Class<?> body) {
    ObjectNode content = NODES.objectNode();
    content.putObject(mediaType).set(SCHEMA, schemas.reference(body));
    return content;
  }
}
