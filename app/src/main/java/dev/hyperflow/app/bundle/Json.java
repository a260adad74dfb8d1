package dev.hyperflow.app.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.models.internal.verify.Finding;
import dev.hyperflow.models.internal.verify.Report;

/** Writes what the verb {@code bundle} shows as JSON. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * The tree of a text.
   *
   * @throws IllegalArgumentException when it is no JSON
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON, found: " + e.getOriginalMessage(), e);
    }
  }

  /** A report with its findings, for programs. */
  public static ObjectNode of(Report report) {
    ObjectNode node = object();
    node.put("location", report.location());
    node.put("id", report.id());
    node.put("ok", report.ok());
    for (Finding finding : report.findings()) {
      node.withArray("checks").add(tree(finding));
    }
    return node;
  }

  /** Indented text of a record. */
  public static String textOf(Object value) {
    return text(tree(value));
  }

  /** A tree as indented text. */
  public static String text(JsonNode node) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }
}
