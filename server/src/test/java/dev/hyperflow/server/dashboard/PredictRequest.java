package dev.hyperflow.server.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The body of a predict request.
 *
 * @param with texts by label that are to be added for this answer alone
 * @param without event ids that are to be left out for this answer alone
 */
record PredictRequest(
    String text, int topK, Map<String, String> with, Set<String> without, boolean influence) {

  /** The request of a body; {@code textOf} knows the texts of remembered queries. */
  static PredictRequest of(JsonNode body, Function<String, String> textOf) {
    Map<String, String> with = new LinkedHashMap<>();
    body.path("with").forEach(e -> with.put(e.path("label").asText(), e.path("text").asText()));
    Set<String> without = new LinkedHashSet<>();
    body.path("without").forEach(id -> without.add(id.asText()));
    return new PredictRequest(
        body.has("queryId")
            ? textOf.apply(body.path("queryId").asText())
            : body.path("text").asText(),
        body.path("topK").asInt(10),
        with,
        without,
        body.path("influence").asBoolean());
  }
}
