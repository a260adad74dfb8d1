package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.mapping.FieldPath.Found;
import dev.hyperflow.topology.internal.mapping.SourceMapping.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of one record. The first that is missing or of another shape is the record's flaw, and
 * nothing is read after it.
 */
public final class MappedFields {
  private final SourceMapping mapping;
  private final RecordParts.Parts parts;
  private Rejection flaw;

  /** The fields of a record. */
  public MappedFields(SourceMapping mapping, RecordParts.Parts parts) {
    this.mapping = mapping;
    this.parts = parts;
  }

  /** What is wrong with what was read so far, if anything is. */
  public Optional<Rejection> flaw() {
    return Optional.ofNullable(flaw);
  }

  /** The tenant, as a key of records may be. */
  public Optional<String> tenant() {
    Optional<String> tenant = one(Field.TENANT, "a text or a whole number", Conversions::name);
    tenant
        .flatMap(name -> NameRule.keyFlaw(Stage.DECODE, described(Field.TENANT), name))
        .ifPresent(this::note);
    return flaw == null ? tenant : Optional.empty();
  }

  /** The id; empty where one is to be made. */
  public Optional<String> id() {
    return one(Field.ID, "a text or a whole number", Conversions::name);
  }

  /** The label, if there is one. */
  public Optional<String> label() {
    return one(Field.LABEL, "a text, a number or a boolean", Conversions::text);
  }

  /** What the record asks for, if it says so. */
  public Optional<Operation> operation() {
    Optional<String> named =
        one(Field.OPERATION, "a text, a number or a boolean", Conversions::text);
    Optional<Operation> known = named.flatMap(this::operation);
    if (named.isPresent() && known.isEmpty()) {
      note(
          Reason.UNKNOWN_OPERATION,
          "%s: expected one of %s, found '%s'",
          described(Field.OPERATION),
          mapping.operations().isEmpty()
              ? List.of(Operation.values())
              : mapping.operations().keySet().stream().sorted().toList(),
          named.get());
    }
    return known;
  }

  private Optional<Operation> operation(String name) {
    if (!mapping.operations().isEmpty()) {
      return Optional.ofNullable(mapping.operations().get(name));
    }
    String constant = name.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    return List.of(Operation.values()).stream()
        .filter(each -> each.name().equals(constant))
        .findFirst();
  }

  /** The weight, if there is one. */
  public Optional<Float> weight() {
    return one(Field.WEIGHT, "a number", Conversions::number);
  }

  /** The time of expiry, if there is one, milliseconds since the epoch. */
  public Optional<Long> expiry() {
    return time(Field.EXPIRY);
  }

  /** The time of the event, if there is one, milliseconds since the epoch. */
  public Optional<Long> time() {
    return time(Field.TIME);
  }

  private Optional<Long> time(Field field) {
    EpochUnit unit = mapping.units().getOrDefault(field, EpochUnit.MILLIS);
    return one(
        field,
        "a time from 1970 to 9999 in %s or ISO-8601 with an offset"
            .formatted(unit.name().toLowerCase(Locale.ROOT)),
        node -> Conversions.millis(node, unit));
  }

  /** What is to be encoded; missing text is a flaw unless there are features. */
  public Optional<Payload> payload() {
    return payload(true);
  }

  /** What is to be encoded, if there is anything. */
  public Optional<Payload> payloadIfAny() {
    return payload(false);
  }

  private Optional<Payload> payload(boolean needed) {
    Optional<float[]> features =
        one(Field.FEATURES, "an array of numbers", Conversions::vector)
            .filter(values -> values.length > 0);
    Optional<String> text = text(needed && features.isEmpty());
    if (flaw != null) {
      return Optional.empty();
    }
    return features
        .<Payload>map(values -> new Payload.Features(FeatureVector.of(values), text))
        .or(() -> text.map(Payload.Text::new));
  }

  private Optional<String> text(boolean needed) {
    FieldRule rule = mapping.rule(Field.TEXT);
    List<String> texts = new ArrayList<>();
    for (FieldPath path : rule.paths()) {
      if (flaw == null) {
        for (JsonNode node : nodes(Field.TEXT, path)) {
          addText(path, node, texts);
        }
      }
    }
    if (flaw != null) {
      return Optional.empty();
    }
    if (!texts.isEmpty()) {
      return Optional.of(String.join(mapping.separator(), texts));
    }
    return rule.fallback().isEmpty() && needed ? missing(Field.TEXT, rule) : rule.fallback();
  }

  private void addText(FieldPath path, JsonNode node, List<String> texts) {
    Optional<String> text = Conversions.text(node);
    if (text.isEmpty()) {
      note(
          Reason.UNDECODABLE,
          "text (%s): expected a text, a number or a boolean, found %s%s",
          path,
          shape(node),
          node.isArray() ? "; %s[*] joins its elements".formatted(path) : "");
    }
    text.filter(found -> !found.isBlank()).ifPresent(texts::add);
  }

  /** One value, by a field's only path. */
  private <T> Optional<T> one(
      Field field, String expected, Function<JsonNode, Optional<T>> conversion) {
    FieldRule rule = mapping.rule(field);
    if (flaw != null) {
      return Optional.empty();
    }
    List<JsonNode> found =
        rule.isMapped() ? nodes(field, rule.paths().get(0)) : List.<JsonNode>of();
    if (flaw != null) {
      return Optional.empty();
    }
    boolean isThere = !found.isEmpty() && !isBlank(found.get(0));
    if (!isThere && rule.fallback().isEmpty()) {
      return missing(field, rule);
    }
    JsonNode node = isThere ? found.get(0) : TextNode.valueOf(rule.fallback().get());
    Optional<T> converted = conversion.apply(node);
    if (converted.isEmpty()) {
      note(
          Reason.UNDECODABLE, "%s: expected %s, found %s", described(field), expected, shape(node));
    }
    return converted;
  }

  private List<JsonNode> nodes(Field field, FieldPath path) {
    Found found = parts.find(path);
    if (found instanceof Found.Astray astray) {
      note(
          Reason.UNDECODABLE,
          "%s (%s): expected %s at %s, found %s",
          field.spelling(),
          path,
          astray.expected(),
          astray.at(),
          astray.found());
    } else if (found instanceof Found.Unreadable unreadable) {
      note(
          path.root() == FieldPath.Root.KEY ? Reason.UNDECODABLE_KEY : Reason.UNDECODABLE,
          "%s (%s): %s",
          field.spelling(),
          path,
          unreadable.message());
    }
    return found instanceof Found.Nodes nodes ? nodes.nodes() : List.of();
  }

  private static boolean isBlank(JsonNode node) {
    return node.isTextual() && node.textValue().isBlank();
  }

  private <T> Optional<T> missing(Field field, FieldRule rule) {
    if (rule.missing() == Missing.REFUSE) {
      note(Reason.MISSING_FIELD, "%s: expected a value, found none", described(field));
    } else if (rule.missing() == Missing.SKIP) {
      note(Reason.SKIPPED, "%s: found no value, and such records are skipped", described(field));
    }
    return Optional.empty();
  }

  /** Notes that an operation lacks a field. */
  public void lacks(Field field, Operation operation) {
    note(
        Reason.MISSING_FIELD,
        "%s: expected a value for %s, found none",
        described(field),
        operation);
  }

  private String described(Field field) {
    FieldRule rule = mapping.rule(field);
    return rule.isMapped()
        ? "%s (%s)".formatted(field.spelling(), rule.spelling())
        : field.spelling();
  }

  private static String shape(JsonNode node) {
    String text = node.isValueNode() && !node.isBinary() ? node.asText() : "";
    return text.isEmpty() || text.length() > 40
        ? Shapes.of(node)
        : "%s, '%s'".formatted(Shapes.of(node), text);
  }

  private void note(Reason reason, String message, Object... arguments) {
    note(new Rejection(Stage.DECODE, reason, message.formatted(arguments)));
  }

  private void note(Rejection rejection) {
    flaw = flaw == null ? rejection : flaw;
  }
}
