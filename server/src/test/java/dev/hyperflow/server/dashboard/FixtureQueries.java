package dev.hyperflow.server.dashboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one tenant of the fixture was asked and answered, until it is reviewed. */
final class FixtureQueries {

  private static final List<String> TEXTS =
      List.of(
          "I was charged twice and the refund is still missing",
          "my card was declined although the invoice is paid",
          "the parcel was delivered to the wrong address",
          "the password reset mail never arrives",
          "money back for the chair that came broken",
          "the app crashes when I open the delivery page",
          "the invoice shows another name",
          "can I change the day of the delivery",
          "the code for the login does not work",
          "send me a new card please",
          "an error message appears while I pay",
          "who stole money from my card on the train",
          "the parcel is three days late, I want my money back",
          "my account is locked and I cannot log in",
          "the amount on the invoice is not what the app shows",
          "tell me about " + FixtureTenant.OUT_OF_SCOPE);
  private static final long WINDOW = 3_600_000;

  private final FixtureTenant tenant;
  private final Map<String, Query> queries = new LinkedHashMap<>();

  /** A query, the head that answered it, and the label that a person gave. */
  private record Query(
      String id, String text, long time, List<Map.Entry<String, Double>> answer, String given) {

    Query with(String label) {
      return new Query(id, text, time, answer, label);
    }

    double probability() {
      return answer.isEmpty() ? 0 : answer.get(0).getValue();
    }

    boolean isOutside() {
      return text.contains(FixtureTenant.OUT_OF_SCOPE);
    }

    boolean isDisagreement() {
      return answer.size() > 1 && probability() < 0.4;
    }
  }

  FixtureQueries(FixtureTenant tenant, List<String> more, long startedAt) {
    this.tenant = tenant;
    List<String> texts = new ArrayList<>(TEXTS);
    texts.addAll(more);
    for (int i = 0; i < texts.size(); i++) {
      String id = "q-" + (i + 1);
      long time = startedAt + 600_000 - 31_000L * i;
      queries.put(id, new Query(id, texts.get(i), time, tenant.answer(texts.get(i)), null));
    }
  }

  FixtureTenant tenant() {
    return tenant;
  }

  Optional<String> text(String queryId) {
    return Optional.ofNullable(queries.get(queryId)).map(Query::text);
  }

  /** A person gives the label, or takes it back with null. */
  synchronized void give(String queryId, String label) {
    queries.computeIfPresent(queryId, (id, query) -> query.with(label));
  }

  /** The rows that a request wants, of this tenant. */
  synchronized List<Map<String, Object>> rows(Map<String, String> wanted) {
    return queries.values().stream()
        .filter(query -> query.given() == null)
        .filter(query -> fits(query, wanted))
        .map(this::json)
        .toList();
  }

  private static boolean fits(Query query, Map<String, String> wanted) {
    boolean which =
        switch (wanted.getOrDefault("filter", "all")) {
          case "disagreements" -> query.isDisagreement();
          case "none-of-these" -> query.isOutside();
          case "no-labels" -> query.answer().isEmpty();
          default -> true;
        };
    String label = wanted.getOrDefault("label", "");
    return which
        && query.text().contains(wanted.getOrDefault("text", ""))
        && (label.isEmpty() || label.equals(query.answer().get(0).getKey()));
  }

  /** A page of rows of one tenant or more. */
  static Map<String, Object> page(List<Map<String, Object>> rows, Map<String, String> wanted) {
    Comparator<Map<String, Object>> order =
        "newest".equals(wanted.get("sort"))
            ? Comparator.comparing(row -> -(Long) row.get("time"))
            : Comparator.comparing(row -> (Double) row.get("probability"));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("total", rows.size());
    json.put("complete", true);
    json.put("cursor", null);
    json.put("feedbackWindowMillis", WINDOW);
    json.put("texts", FixtureTenant.textsShown());
    json.put(
        "queries",
        rows.stream()
            .sorted(order)
            .limit(Integer.parseInt(wanted.getOrDefault("limit", "50")))
            .toList());
    return json;
  }

  private Map<String, Object> json(Query query) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("tenant", tenant.id());
    json.put("queryId", query.id());
    json.put("text", query.text());
    json.put("time", query.time());
    json.put(
        "status",
        query.answer().isEmpty()
            ? "NO_LABELS"
            : query.isOutside() ? "NONE_OF_THESE" : "PERSONALISED");
    json.put("label", query.answer().isEmpty() ? null : query.answer().get(0).getKey());
    json.put("probability", query.probability());
    json.put(
        "initialLabel",
        query.answer().isEmpty()
            ? null
            : query.answer().get(query.isDisagreement() ? 1 : 0).getKey());
    json.put("disagreement", query.isDisagreement());
    json.put("scope", query.isOutside() ? 0.04 : 0.97);
    json.put(
        "labels",
        tenant.answer(query.text()).stream()
            .limit(9)
            .map(entry -> Map.of("label", entry.getKey(), "probability", entry.getValue()))
            .toList());
    json.put("feedback", null);
    return json;
  }
}
