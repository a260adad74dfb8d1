package dev.hyperflow.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON schemas of records: what Jackson reads and writes of them. A component of a reference type
 * may be null, unless it is {@link Required}. For one thread.
 */
final class RecordSchemas {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, ObjectNode> all = new TreeMap<>();

  /** The schemas that were referred to. */
  ObjectNode all() {
    ObjectNode node = NODES.objectNode();
    all.forEach(node::set);
    return node;
  }

  /** A reference to a record's schema. */
  ObjectNode reference(Class<?> type) {
    String name = name(type);
    if (!all.containsKey(name)) {
      ObjectNode schema = NODES.objectNode();
      all.put(name, schema);
      fill(schema, type);
    }
    return NODES.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private static String name(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return outer == null ? type.getSimpleName() : name(outer) + type.getSimpleName();
  }

  private void fill(ObjectNode schema, Class<?> type) {
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = NODES.arrayNode();
    for (RecordComponent component : type.getRecordComponents()) {
      boolean isAlways =
          component.isAnnotationPresent(Required.class) || component.getType().isPrimitive();
      ObjectNode property = of(component.getGenericType());
      properties.set(component.getName(), isAlways ? property : orNull(property));
      if (isAlways) {
        required.add(component.getName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  private static ObjectNode orNull(ObjectNode schema) {
    if (!schema.has("type")) {
      ObjectNode either = NODES.objectNode();
      either.putArray("anyOf").add(schema).addObject().put("type", "null");
      return either;
    }
    String type = schema.get("type").asText();
    schema.putArray("type").add(type).add("null");
    if (schema.has("enum")) {
      ((ArrayNode) schema.get("enum")).addNull();
    }
    return schema;
  }

  private ObjectNode of(Type type) {
    if (type instanceof ParameterizedType generic) {
      boolean isList = generic.getRawType().equals(List.class);
      Type inner = generic.getActualTypeArguments()[isList ? 0 : 1];
      ObjectNode node = NODES.objectNode().put("type", isList ? "array" : "object");
      node.set(isList ? "items" : "additionalProperties", of(inner));
      return node;
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return reference(plain);
    }
    if (plain.isEnum()) {
      ObjectNode node = NODES.objectNode().put("type", "string");
      ArrayNode words = node.putArray("enum");
      for (Object constant : plain.getEnumConstants()) {
        words.add(constant.toString());
      }
      return node;
    }
    return scalar(plain);
  }

  private static ObjectNode scalar(Class<?> type) {
    ObjectNode node = NODES.objectNode();
    if (type == String.class) {
      return node.put("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return node.put("type", "boolean");
    }
    if (type == int.class || type == Integer.class) {
      return node.put("type", "integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return node.put("type", "integer").put("format", "int64");
    }
    return node.put("type", "number");
  }
}
