package dev.hyperflow.schemas.internal.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** A schema as the text that is registered. Stateless and thread-safe. */
final class SchemaText {
  /*
   * Generated classes with stringType=String say {"type":"string","avro.java.string":"String"}
   * where the .avsc says "string". The property is taken out of every place where a schema can
   * stand, and nowhere else: a default value may hold a key of the same name. Parsing and printing
   * once more turns {"type":"string"} into "string".
   */
  private static final String JAVA_STRING = "avro.java.string";
  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaText() {}

  /** Returns the plain text of a schema, the same for a generated class and its {@code .avsc}. */
  static String of(Schema schema) {
    String text = schema.toString();
    if (!text.contains(JAVA_STRING)) {
      return text;
    }
    try {
      JsonNode tree = JSON.readTree(text);
      strip(tree);
      return parseLeniently(JSON.writeValueAsString(tree)).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Avro printed a schema that is not JSON: " + text, e);
    }
  }

  /** Parses what a registry handed out, which may be older than today's rules for schemas. */
  static Schema parseLeniently(String text) {
    return parseLeniently(List.of(text));
  }

  /** Parses texts of which each may use the types of those before it, and returns the last one. */
  static Schema parseLeniently(List<String> texts) {
    Schema.Parser parser =
        new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
    Schema last = null;
    for (String text : texts) {
      last = parser.parse(text);
    }
    return last;
  }

  private static void strip(JsonNode schema) {
    if (schema == null) {
      return;
    }
    if (schema.isArray()) {
      schema.forEach(SchemaText::strip);
    } else if (schema instanceof ObjectNode object) {
      object.remove(JAVA_STRING);
      strip(object.get("type"));
      strip(object.get("items"));
      strip(object.get("values"));
      if (object.get("fields") != null) {
        object.get("fields").forEach(field -> strip(field.get("type")));
      }
    }
  }
}
