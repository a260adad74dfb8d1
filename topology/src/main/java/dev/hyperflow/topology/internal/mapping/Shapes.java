package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Names what stands in a record, for messages. */
final class Shapes {
  private Shapes() {}

  /** Adds the paths of all values of a tree; arrays by their first element. */
  static void paths(String here, JsonNode node, int most, List<String> into) {
    if (node == null || node.isNull() || node.isMissingNode() || into.size() >= most) {
      return;
    }
    if (node.isObject()) {
      node.fieldNames()
          .forEachRemaining(
              name ->
                  paths(
                      here + FieldPath.spelling(new FieldPath.Step.Field(name)),
                      node.get(name),
                      most,
                      into));
    } else if (node.isArray() && !node.isEmpty() && node.get(0).isContainerNode()) {
      paths(here + "[0]", node.get(0), most, into);
    } else {
      into.add(here);
    }
  }

  static String of(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "an array";
      case BINARY -> "bytes";
      case BOOLEAN -> "a boolean";
      case NUMBER -> node.isIntegralNumber() ? "a whole number" : "a decimal number";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NULL, MISSING -> "nothing";
      case POJO -> "a foreign value";
    };
  }
}
