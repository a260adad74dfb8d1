package dev.hyperflow.demo.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hyperflow.schemas.internal.registry.CompatibilityLevel;
import dev.hyperflow.schemas.internal.registry.RegistryState;
import dev.hyperflow.schemas.internal.registry.RegistryState.Subject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A registry's content as JSON, the one place that knows its form.
 *
 * <pre>
 * {"format": 1, "compatibility": "BACKWARD",
 *  "schemas": {"1": "…text…"},
 *  "subjects": {"support-value":
 *      {"versions": {"1": 1}, "lastVersion": 1, "compatibility": "FULL" | null}}}
 * </pre>
 */
final class StateFile {
  private static final int FORMAT = 1;

  private StateFile() {}

  static JsonNode write(RegistryState state) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT);
    root.put("compatibility", state.compatibility().name());
    ObjectNode schemas = root.putObject("schemas");
    state.schemas().forEach((id, text) -> schemas.put(id.toString(), text));
    ObjectNode subjects = root.putObject("subjects");
    state.subjects().forEach((name, subject) -> write(subjects.putObject(name), subject));
    return root;
  }

  /**
   * Returns the content.
   *
   * @throws IllegalArgumentException if it has not this form, or an id has no schema; says where
   */
  static RegistryState read(JsonNode root) {
    int found = integer(root, "format", "file");
    if (found != FORMAT) {
      throw new IllegalArgumentException("format is %d; expected %d".formatted(found, FORMAT));
    }
    SortedMap<Integer, String> schemas = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object(root, "schemas").properties()) {
      schemas.put(number(entry.getKey(), "schemas"), schema(entry.getKey(), entry.getValue()));
    }
    SortedMap<String, Subject> subjects = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object(root, "subjects").properties()) {
      subjects.put(entry.getKey(), subject(entry.getKey(), entry.getValue(), schemas));
    }
    return new RegistryState(schemas, subjects, level(root));
  }

  private static void write(ObjectNode node, Subject subject) {
    ObjectNode versions = node.putObject("versions");
    subject.versions().forEach((version, id) -> versions.put(version.toString(), id));
    node.put("lastVersion", subject.lastVersion());
    CompatibilityLevel level = subject.compatibility();
    node.put("compatibility", level == null ? null : level.name());
  }

  private static Subject subject(String name, JsonNode node, SortedMap<Integer, String> schemas) {
    String where = "subject " + name;
    SortedMap<Integer, Integer> versions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object(node, "versions").properties()) {
      int id = entry.getValue().asInt();
      if (!schemas.containsKey(id)) {
        throw new IllegalArgumentException(
            "%s version %s has id %s, which has no schema"
                .formatted(where, entry.getKey(), entry.getValue()));
      }
      versions.put(number(entry.getKey(), where), id);
    }
    int lastVersion = integer(node, "lastVersion", where);
    if (!versions.isEmpty() && versions.lastKey() > lastVersion) {
      throw new IllegalArgumentException(
          "%s has lastVersion %d below version %d"
              .formatted(where, lastVersion, versions.lastKey()));
    }
    return new Subject(
        versions, lastVersion, node.path("compatibility").isNull() ? null : level(node));
  }

  private static String schema(String id, JsonNode node) {
    try {
      return new Schema.Parser().parse(node.asText()).toString();
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          "schema %s is not Avro: %s".formatted(id, e.getMessage()), e);
    }
  }

  private static JsonNode object(JsonNode node, String name) {
    if (!node.path(name).isObject()) {
      throw new IllegalArgumentException("member '%s' is missing or no object".formatted(name));
    }
    return node.get(name);
  }

  private static int integer(JsonNode node, String name, String where) {
    if (!node.path(name).isInt()) {
      throw new IllegalArgumentException(
          "member '%s' of %s is missing or no integer".formatted(name, where));
    }
    return node.get(name).intValue();
  }

  private static int number(String text, String where) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' in %s is no number".formatted(text, where), e);
    }
  }

  private static CompatibilityLevel level(JsonNode node) {
    String name = node.path("compatibility").asText();
    try {
      return CompatibilityLevel.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s' is no compatibility level".formatted(name), e);
    }
  }
}
