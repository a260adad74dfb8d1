package dev.hyperflow.server.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Which answer a request gets in which scene. */
final class FixtureApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/api/v1";
  private static final JsonNode DOCUMENT = document();

  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final AtomicInteger events = new AtomicInteger();
  private volatile FixtureWorld world;

  /** An answer: its status, its content type, its bytes. */
  record Reply(int status, String type, String text) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static JsonNode document() {
    try {
      return JSON.readTree(Path.of("../docs/openapi.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void world(FixtureWorld next) {
    world = next;
  }

  FixtureWorld world() {
    return world;
  }

  CountDownLatch hold(String text) {
    return held.computeIfAbsent(text, key -> new CountDownLatch(1));
  }

  void releaseAll() {
    held.values().forEach(CountDownLatch::countDown);
  }

  Reply reply(Scene scene, FixtureServer.Asked asked, boolean authorized)
      throws JsonProcessingException, InterruptedException {
    if (asked.path().startsWith("/health/")) {
      return ready(scene);
    }
    for (Map.Entry<String, CountDownLatch> hold : held.entrySet()) {
      if (asked.body().contains(hold.getKey())) {
        hold.getValue().await();
      }
    }
    if (scene == Scene.TOKEN_NEEDED && !authorized) {
      return problem(401, "UNAUTHORIZED", "A bearer token is needed.", Map.of());
    }
    if (scene == Scene.REBALANCING) {
      return problem(
          503, "REBALANCING", "Partitions are moving.", Map.of("retryAfterMillis", 2000));
    }
    String[] pathAndQuery = asked.path().substring(BASE.length()).split("\\?", 2);
    String[] parts = pathAndQuery[0].substring(1).split("/", -1);
    Map<String, String> query = query(pathAndQuery.length > 1 ? pathAndQuery[1] : "");
    if (!parameters(asked.method(), pathAndQuery[0]).containsAll(query.keySet())) {
      return problem(400, "INVALID", "Another parameter: " + asked.path(), Map.of());
    }
    return switch (parts[0]) {
      case "overview" -> ok(world.overview(System.currentTimeMillis()));
      case "bundles" -> bundles(asked);
      case "queries" -> queries(scene, world::queries, query);
      case "dead-letters" -> letters(asked);
      case "import" -> imported("tenant-1", query, asked.body());
      case "reasons" ->
          ok(
              Map.of(
                  "reasons",
                  List.of(
                      Map.of(
                          "reason", "DUPLICATE",
                          "fate", "IGNORED",
                          "meaning", "The event equals what the tenant remembers.",
                          "remedy", "Do nothing."))));
      default -> parts.length == 1 ? ok(world.list(query)) : tenant(scene, parts, query, asked);
    };
  }

  /** The names that the real API takes in a query. */
  private static Set<String> parameters(String method, String path) {
    Set<String> names = new HashSet<>();
    DOCUMENT
        .get("paths")
        .properties()
        .forEach(
            known -> {
              if ((BASE + path).matches(known.getKey().replaceAll("\\{[a-z]+}", "[^/]+"))) {
                known
                    .getValue()
                    .path(method.toLowerCase(Locale.ROOT))
                    .path("parameters")
                    .forEach(parameter -> names.add(parameter.get("name").asText()));
              }
            });
    return names;
  }

  private static Reply ready(Scene scene) throws JsonProcessingException {
    Map<String, Object> restoring =
        scene == Scene.RESTORING
            ? Map.of("remaining", 57_000, "total", 100_000, "fraction", 0.43)
            : Map.of("remaining", 0, "total", 0, "fraction", 1.0);
    String status =
        switch (scene) {
          case RESTORING -> "RESTORING";
          case REBALANCING -> "REBALANCING";
          default -> "UP";
        };
    return json(
        status.equals("UP") ? 200 : 503,
        "application/json",
        Map.of("status", status, "kafkaState", "RUNNING", "restoring", restoring));
  }

  private Reply bundles(FixtureServer.Asked asked) throws JsonProcessingException {
    long now = System.currentTimeMillis();
    if (asked.method().equals("POST")) {
      JsonNode body = JSON.readTree(asked.body());
      world.bundles().act(body.path("action").asText(), body.path("bundle").asText(""), now);
      return json(202, "application/json", Map.of());
    }
    return ok(world.bundles().json(now));
  }

  private Reply tenant(
      Scene scene, String[] parts, Map<String, String> query, FixtureServer.Asked asked)
      throws JsonProcessingException {
    if (scene == Scene.FAILING) {
      return problem(500, "INTERNAL", "The answer could not be made.", Map.of());
    }
    String id = decode(parts[1]);
    String part = parts.length > 2 ? parts[2] : "";
    if (asked.method().equals("DELETE")) {
      world.forget(id);
      return json(202, "application/json", Map.of());
    }
    if (part.equals("import")) {
      return imported(id, query, asked.body());
    }
    if (asked.method().equals("POST")) {
      return post(id, part, JSON.readTree(asked.body()));
    }
    if (part.equals("queries")) {
      return queries(scene, wanted -> world.queriesOf(id, wanted), query);
    }
    FixtureTenant tenant = world.find(id);
    if (tenant == null) {
      return problem(404, "UNKNOWN_TENANT", "There is no such tenant.", Map.of());
    }
    return switch (part) {
      case "examples" -> ok(examples(scene, tenant, query));
      case "suspects" -> ok(tenant.suspects());
      case "map" -> ok(tenant.map());
      case "head" -> ok(tenant.head());
      case "quality" -> ok(tenant.history());
      case "crossvalidation" -> ok(tenant.crossvalidation());
      default -> ok(tenant.detail());
    };
  }

  private static Reply queries(
      Scene scene,
      Function<Map<String, String>, List<Map<String, Object>>> rows,
      Map<String, String> query)
      throws JsonProcessingException {
    return scene == Scene.BARE
        ? problem(
            409,
            "NOT_CONFIGURED",
            "queries: expected feedback.window.ms above 0, found 0: no query is remembered",
            Map.of())
        : ok(FixtureQueries.page(rows.apply(query), query));
  }

  private static Reply letters(FixtureServer.Asked asked) throws JsonProcessingException {
    if (asked.method().equals("POST")) {
      return ok(Map.of("at", "dead-letters:0:7", "outcome", "SENT", "sentTo", "support:0:91"));
    }
    Map<String, Object> letter = new LinkedHashMap<>();
    letter.put("at", "dead-letters:0:7");
    letter.put("timestamp", System.currentTimeMillis() - 90_000);
    letter.put("stage", "VALIDATE");
    letter.put("reason", "EMPTY_TEXT");
    letter.put("message", "text: expected a value, found " + FixtureWorld.HOSTILE);
    letter.put("tenant", "meridian-bank");
    letter.put("source", "support:0:42");
    letter.put("record", "{\"operation\":\"ADD\",\"label\":\"billing\",\"text\":\" \"}");
    return ok(Map.of("letters", List.of(letter), "more", false));
  }

  private Reply imported(String tenant, Map<String, String> query, String file)
      throws JsonProcessingException {
    FixtureImports imports = FixtureImports.read(tenant, file, query);
    boolean preview = "true".equals(query.get("preview"));
    if (!preview) {
      imports.write(world.findOrCreate(tenant));
    }
    return ok(imports.report(preview));
  }

  private Reply post(String id, String part, JsonNode body) throws JsonProcessingException {
    if (part.equals("predict")) {
      FixtureTenant known = world.find(id);
      FixtureTenant tenant = known == null ? new FixtureTenant(id, 0, 0) : known;
      return ok(tenant.predict(PredictRequest.of(body, queryId -> world.textOf(id, queryId))));
    }
    FixtureTenant tenant = world.findOrCreate(id);
    String eventId = "web-" + events.incrementAndGet();
    if (part.equals("feedback")) {
      eventId = body.path("eventId").asText("feedback-" + body.path("queryId").asText());
      world.feedback(id, body.path("queryId").asText(), body.path("label").asText(), eventId);
    } else {
      eventId = body.path("eventId").asText(eventId);
      support(id, tenant, eventId, body);
    }
    return json(
        202,
        "application/json",
        Map.of("eventId", eventId, "topic", "support", "partition", 0, "offset", 1));
  }

  private static Map<String, Object> examples(
      Scene scene, FixtureTenant tenant, Map<String, String> query) {
    Map<String, Object> page =
        tenant.examples(
            query.getOrDefault("label", ""),
            Integer.parseInt(query.getOrDefault("limit", "50")),
            Integer.parseInt(query.getOrDefault("page", "0")));
    return scene == Scene.BARE ? FixtureTenant.withoutTexts(page) : page;
  }

  private void support(String id, FixtureTenant tenant, String eventId, JsonNode body) {
    String label = body.path("label").asText();
    switch (body.path("operation").asText()) {
      case "RETRACT" -> world.retract(id, body.path("targetEventId").asText());
      case "RENAME_LABEL", "MERGE_LABELS" ->
          tenant.relabel(label, body.path("targetLabel").asText());
      case "FORGET_LABEL" -> tenant.forgetLabel(label);
      default -> tenant.add(eventId, label, body.path("text").asText(), System.currentTimeMillis());
    }
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.isEmpty() ? List.<String>of() : List.of(text.split("&", -1))) {
      String[] nameAndValue = pair.split("=", 2);
      query.put(decode(nameAndValue[0]), nameAndValue.length > 1 ? decode(nameAndValue[1]) : "");
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Reply ok(Object body) throws JsonProcessingException {
    return json(200, "application/json", body);
  }

  private static Reply problem(int status, String code, String message, Map<String, ?> more)
      throws JsonProcessingException {
    Map<String, Object> body = new LinkedHashMap<>(more);
    body.put("status", status);
    body.put("code", code);
    body.put("message", message);
    return json(status, "application/problem+json", body);
  }

  private static Reply json(int status, String type, Object body) throws JsonProcessingException {
    return new Reply(status, type, JSON.writeValueAsString(body));
  }
}
