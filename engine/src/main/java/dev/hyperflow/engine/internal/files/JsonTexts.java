package dev.hyperflow.engine.internal.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds text, label, tenant and id in one JSON object, whoever wrote it. */
final class JsonTexts {
  private static final String VALUE = "value";
  private static final String CHOICES = "choices";
  private static final String ANSWER = "answer";

  private final Map<ColumnRole, String> columns;

  /** For objects whose fields have those names, or dotted paths. */
  JsonTexts(Map<ColumnRole, String> columns) {
    this.columns = columns;
  }

  /** The format that an object is of. */
  static FileFormat format(JsonNode object) {
    if (object.path("data").isObject()
        && (object.has("annotations") || object.has("predictions") || object.size() <= 2)) {
      return FileFormat.LABEL_STUDIO;
    }
    boolean argilla =
        object.path("fields").isObject()
            || object.has("annotation_agent")
            || names(object).stream().anyMatch(name -> name.endsWith(".responses"));
    return argilla ? FileFormat.ARGILLA : FileFormat.JSONL;
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new LinkedHashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The row of an object at a line. */
  RawRow row(long line, JsonNode object) {
    if (!object.isObject()) {
      return RawRow.refused(line, "expected a JSON object, found another value");
    }
    if (object.has("operation") && !"ADD".equals(object.path("operation").asText())) {
      return RawRow.refused(
          line,
          "expected a labelled text, found operation %s; 'hyperflow tenant import' takes it"
              .formatted(object.path("operation").asText()));
    }
    FileFormat format = format(object);
    JsonNode body = body(object, format);
    Optional<JsonNode> text = field(object, body, ColumnRole.TEXT);
    if (text.isEmpty()) {
      return RawRow.refused(line, "text: expected a field with the text, found none");
    }
    Label label = label(object, format);
    if (label.refusal().isPresent()) {
      return RawRow.refused(line, label.refusal().get());
    }
    return new RawRow(
        line,
        field(object, body, ColumnRole.TENANT)
            .or(() -> meta(object, ColumnRole.TENANT))
            .map(JsonTexts::plain),
        label.value(),
        plain(text.get()),
        field(object, body, ColumnRole.ID)
            .or(() -> meta(object, ColumnRole.ID))
            .map(JsonTexts::plain),
        Optional.empty());
  }

  private static JsonNode body(JsonNode object, FileFormat format) {
    if (format == FileFormat.LABEL_STUDIO) {
      return object.path("data");
    }
    return object.path("fields").isObject() ? object.path("fields") : object;
  }

  private static Optional<JsonNode> meta(JsonNode object, ColumnRole role) {
    return named(object.path("metadata"), role).or(() -> named(object.path("meta"), role));
  }

  private Optional<JsonNode> field(JsonNode object, JsonNode body, ColumnRole role) {
    String path = columns.get(role);
    if (path == null) {
      return named(body, role);
    }
    JsonNode found = object.has(path) ? object.get(path) : object.at("/" + path.replace('.', '/'));
    return Optional.of(found).filter(JsonTexts::isValue);
  }

  private static Optional<JsonNode> named(JsonNode object, ColumnRole role) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (isValue(field.getValue()) && ColumnRole.named(field.getKey()).equals(Optional.of(role))) {
        return Optional.of(field.getValue());
      }
    }
    return Optional.empty();
  }

  private static boolean isValue(JsonNode node) {
    return node.isValueNode() && !node.isNull();
  }

  private static String plain(JsonNode value) {
    return value.asText().strip();
  }

  /**
   * A label, or why there is none.
   *
   * @param value empty: nobody has labelled the text
   */
  private record Label(Optional<String> value, Optional<String> refusal) {
    static final Label NONE = new Label(Optional.empty(), Optional.empty());

    static Label of(Set<String> labels) {
      if (labels.size() > 1) {
        return new Label(
            Optional.empty(),
            Optional.of("label: expected one, found %d: %s".formatted(labels.size(), labels)));
      }
      return new Label(labels.stream().findFirst(), Optional.empty());
    }
  }

  private Label label(JsonNode object, FileFormat format) {
    if (columns.containsKey(ColumnRole.LABEL)) {
      return field(object, object, ColumnRole.LABEL)
          .map(node -> Label.of(Set.of(plain(node))))
          .orElse(Label.NONE);
    }
    Set<String> labels = new LinkedHashSet<>();
    switch (format) {
      case LABEL_STUDIO -> ofTask(object, labels);
      case ARGILLA -> ofRecord(object, labels);
      default -> {
        return ofObject(object);
      }
    }
    return Label.of(labels);
  }

  /** A task's answers, without those that were withdrawn. */
  private static void ofTask(JsonNode task, Set<String> labels) {
    for (JsonNode annotation : task.path("annotations")) {
      if (annotation.path("was_cancelled").asBoolean(false)) {
        continue;
      }
      for (JsonNode result : annotation.path("result")) {
        result.path(VALUE).path(CHOICES).forEach(choice -> labels.add(plain(choice)));
      }
    }
  }

  /** A record's answers that were submitted: of version 2, its flat form, and the two before. */
  private static void ofRecord(JsonNode object, Set<String> labels) {
    if (isValue(object.path("annotation"))) {
      labels.add(plain(object.get("annotation")));
    }
    for (JsonNode responses : object.path("responses")) {
      if (responses.isArray()) {
        responses.forEach(response -> submitted(response, response.path(VALUE), labels));
      } else {
        responses
            .path("values")
            .forEach(answer -> submitted(responses, answer.path(VALUE), labels));
      }
    }
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().endsWith(".responses")) {
        JsonNode states = object.path(field.getKey() + ".status");
        for (int i = 0; i < field.getValue().size(); i++) {
          if (states.path(i).asText("submitted").equals("submitted")) {
            labels.add(plain(field.getValue().get(i)));
          }
        }
      }
    }
  }

  private static void submitted(JsonNode response, JsonNode value, Set<String> labels) {
    if (isValue(value) && response.path("status").asText("submitted").equals("submitted")) {
      labels.add(plain(value));
    }
  }

  private static Label ofObject(JsonNode object) {
    if (object.has(ANSWER)
        && !object.path(ANSWER).asText().equals("accept")
        && object.has("_task_hash")) {
      return Label.NONE;
    }
    Set<String> labels = new LinkedHashSet<>();
    boolean known = false;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!labels.isEmpty()) {
        break;
      }
      boolean named =
          field.getKey().equals("accept")
              || ColumnRole.named(field.getKey()).equals(Optional.of(ColumnRole.LABEL));
      if (!named) {
        continue;
      }
      known = true;
      JsonNode value = field.getValue();
      JsonNode choices = value.isObject() ? value.path(CHOICES) : value;
      if (isValue(choices)) {
        labels.add(plain(choices));
      } else {
        choices.forEach(choice -> labels.add(plain(choice)));
      }
    }
    return known
        ? Label.of(labels)
        : new Label(
            Optional.empty(), Optional.of("label: expected a field with the label, found none"));
  }
}
