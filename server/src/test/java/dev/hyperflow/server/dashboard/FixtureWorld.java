package dev.hyperflow.server.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** All that one fixture server knows: tenants, bundles, and a past of ten minutes. */
final class FixtureWorld {

  /** A tenant id, a label and an event id that would run if they reached the page as markup. */
  static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\">";

  private static final List<String> QUEUES =
      List.of("billing", "card-lost", "delivery", "login", "refund", "technical");
  private static final List<List<String>> TEXTS =
      List.of(
          List.of("the invoice shows the wrong amount", "charged twice on my invoice this month"),
          List.of("my card was stolen please block the card", "lost my card on the train"),
          List.of("the parcel has not arrived", "delivery is three days late"),
          List.of("password reset link does not work", "cannot log in with my password"),
          List.of("send my money back please", "refund for the broken chair money back"),
          List.of("the app crashes on start", "error message when the app opens"));

  /** Was asked without a label, in {@link Scene#EMPTY}. */
  static final String UNTAUGHT = "harbor-clinic";

  /** How many tenants were asked something. */
  private static final int ASKED = 3;

  private final ConcurrentSkipListMap<String, FixtureTenant> tenants =
      new ConcurrentSkipListMap<>();
  private final Map<String, FixtureQueries> queries = new ConcurrentSkipListMap<>();
  private final Map<String, String> given = new ConcurrentSkipListMap<>();
  private final FixtureBundles bundles = new FixtureBundles();
  private final long startedAt;

  FixtureWorld(Scene scene, long now) {
    startedAt = now - 600_000;
    switch (scene) {
      case EMPTY ->
          queries.put(
              UNTAUGHT,
              new FixtureQueries(new FixtureTenant(UNTAUGHT, startedAt, 0), List.of(), startedAt));
      case THREE_TENANTS -> {
        addTenant("harbor-telecom", 212);
        addTenant("juniper-travel", 145);
        addTenant("meridian-bank", 340);
      }
      case THOUSAND_TENANTS -> {
        for (int i = 0; i < 1000; i++) {
          addTenant("tenant-%04d".formatted(i), i % 11 == 10 ? 0 : 40 + i % 300);
        }
        bundles.act("SHADOW", "minilm-l6-v2-flow-2", startedAt + 420_000);
        bundles.compare();
      }
      case BARE -> {
        addTenant("meridian-bank", 340);
        bundles.fix();
      }
      case HOSTILE -> {
        for (String id :
            List.of(HOSTILE, "a/b?c=d#e&f%2F", " ", "Ünïcødé — 租户 🙂", "x".repeat(180))) {
          addTenant(id, 60)
              .add(HOSTILE, HOSTILE, "markup as a label", startedAt)
              .add("</td></tr>" + id.length(), "y".repeat(120), "a long label", startedAt);
        }
      }
      default -> addTenant("meridian-bank", 340);
    }
  }

  private FixtureTenant addTenant(String id, int tested) {
    FixtureTenant tenant = new FixtureTenant(id, startedAt, tested);
    for (int i = 0; i < 48; i++) {
      int queue = i % QUEUES.size();
      String text = TEXTS.get(queue).get(i / QUEUES.size() % 2) + " " + (i / 12);
      tenant.add("ex-" + (i + 1), QUEUES.get(queue), text, startedAt + i * 12_000L);
    }
    tenants.put(id, tenant);
    if (queries.size() < ASKED) {
      queries.put(id, new FixtureQueries(tenant, List.of(), startedAt));
    }
    return tenant;
  }

  FixtureTenant find(String id) {
    return tenants.get(id);
  }

  FixtureTenant findOrCreate(String id) {
    return tenants.computeIfAbsent(id, name -> new FixtureTenant(name, startedAt, 0));
  }

  List<Map<String, Object>> queries(Map<String, String> wanted) {
    return queries.values().stream().flatMap(each -> each.rows(wanted).stream()).toList();
  }

  List<Map<String, Object>> queriesOf(String tenant, Map<String, String> wanted) {
    return queries.containsKey(tenant) ? queries.get(tenant).rows(wanted) : List.of();
  }

  String textOf(String tenant, String queryId) {
    return queries.get(tenant).text(queryId).orElseThrow();
  }

  /** The true label of a query is learned like an example. */
  void feedback(String tenant, String queryId, String label, String eventId) {
    queries.get(tenant).give(queryId, label);
    long now = System.currentTimeMillis();
    find(tenant).add(eventId, label, textOf(tenant, queryId), now);
    find(tenant).test();
    given.put(eventId, queryId);
  }

  /** What came by feedback leaves its query without a label again. */
  void retract(String tenant, String eventId) {
    findOrCreate(tenant).retract(eventId);
    if (given.containsKey(eventId)) {
      queries.get(tenant).give(given.remove(eventId), null);
    }
  }

  void forget(String tenant) {
    tenants.remove(tenant);
    queries.remove(tenant);
  }

  FixtureBundles bundles() {
    return bundles;
  }

  Map<String, Object> list(Map<String, String> query) {
    int limit = Integer.parseInt(query.getOrDefault("limit", "50"));
    int page = Integer.parseInt(query.getOrDefault("page", "0"));
    Comparator<FixtureTenant> order =
        switch (query.getOrDefault("sort", "tenant")) {
          case "examples" -> Comparator.comparingInt(FixtureTenant::size);
          case "tested" -> Comparator.comparingInt(FixtureTenant::tested);
          case "accuracy" -> Comparator.comparingDouble(FixtureTenant::value);
          case "gain" -> Comparator.comparingDouble(FixtureTenant::gain);
          default -> Comparator.comparing(FixtureTenant::id);
        };
    order = order.thenComparing(FixtureTenant::id);
    List<FixtureTenant> found =
        tenants.values().stream()
            .filter(tenant -> tenant.id().contains(query.getOrDefault("search", "")))
            .filter(tenant -> !query.containsKey("show") || tenant.hasDrifted())
            .sorted("desc".equals(query.get("order")) ? order.reversed() : order)
            .toList();
    return Map.of(
        "total",
        found.size(),
        "page",
        page,
        "limit",
        limit,
        "tenants",
        found.stream().skip((long) page * limit).limit(limit).map(FixtureTenant::row).toList());
  }

  Map<String, Object> overview(long now) {
    boolean idle = tenants.isEmpty();
    List<Map<String, Object>> history = new ArrayList<>();
    for (long at = now - 600_000; !idle && at <= now; at += 2000) {
      history.add(moment(at));
    }
    Map<String, Object> last = idle ? moment(0) : history.get(history.size() - 1);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", now);
    json.put("state", "RUNNING");
    json.put("instance", "localhost:7070");
    json.put("tenants", tenants.size());
    json.put("examples", tenants.values().stream().mapToInt(FixtureTenant::size).sum());
    long events = idle ? 0 : (now - startedAt) / 3;
    json.put(
        "totals",
        Map.of(
            "events",
            events,
            "answers",
            events / 2,
            "integrations",
            events / 9,
            "deadLetters",
            idle ? 0 : 23));
    json.put(
        "perSecond",
        Map.of(
            "events", idle ? 0.0 : last.get("eventsPerSecond"),
            "answers", idle ? 0.0 : last.get("answersPerSecond"),
            "integrations", idle ? 0.0 : 11.4));
    json.put(
        "batch", Map.of("sizeAvg", 12.6, "queueWaitMillisAvg", 3.1, "queueWaitMillisMax", 41.0));
    json.put(
        "latencyMillis",
        idle ? null : Map.of("p50", last.get("latencyP50"), "p99", last.get("latencyP99")));
    json.put(
        "labelToHeadMillis", idle ? null : Map.of("p50", last.get("labelToHeadP50"), "p99", 118.0));
    json.put(
        "deadLettersByReason",
        idle ? Map.of() : Map.of("UNDECODABLE", 12, "TEXT_TOO_LONG", 7, "UNKNOWN_SCHEMA", 4));
    json.put("ignoredByReason", idle ? Map.of() : Map.of("DUPLICATE", 9, "UNKNOWN_EVENT", 2));
    json.put("sweep", Map.of("running", !idle, "visited", idle ? 0 : 642));
    json.put("staleTenants", idle ? 0 : 14);
    json.put("backlog", 0);
    json.put("attention", idle ? List.of() : List.of(letters(now)));
    json.put("history", history);
    return json;
  }

  private static Map<String, Object> letters(long now) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", "DEAD_LETTERS");
    json.put("tenant", null);
    json.put(
        "text",
        "23 records were refused since the start. The last reason is TEXT_TOO_LONG: text: expected"
            + " at most 10,000 characters, found 10,240.");
    json.put(
        "action",
        "Read them with ./hyperflow dead-letters show, correct the cause, and replay them.");
    json.put("since", now - 90_000);
    return json;
  }

  private static Map<String, Object> moment(long at) {
    double wave = Math.sin(at / 47_000.0) + 0.35 * Math.sin(at / 9_000.0);
    double noise = Math.floorMod(at * 2654435761L, 1000) / 1000.0;
    return Map.of(
        "at", at,
        "eventsPerSecond", 310 + 70 * wave + 30 * noise,
        "answersPerSecond", 208 + 50 * wave + 22 * noise,
        "latencyP50", 11 + 2 * wave + 2.5 * noise,
        "latencyP99", 38 + 7 * wave + 16 * noise,
        "labelToHeadP50", 46 + 9 * wave + 9 * noise);
  }
}
