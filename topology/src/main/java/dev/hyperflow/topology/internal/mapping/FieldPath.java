package dev.hyperflow.topology.internal.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A path into a record: {@code value.customer.id}, {@code value.messages[0].body}, {@code
 * value.tags[*]}, {@code value['odd.name']}, {@code key}, {@code key.region}, {@code
 * header.tenant}.
 *
 * <p>An index below 0 counts from the end. {@code [*]} is every element. All that follows {@code
 * header.} is the name of the header, whatever signs it has. Immutable.
 */
public final class FieldPath {
  private static final String HEADER = "header.";

  private final String text;
  private final Root root;
  private final List<Step> steps;

  /** The part of a record that a path leads into. */
  public enum Root {
    VALUE,
    KEY,
    HEADER;

    private String spelling() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One step of a path. */
  sealed interface Step {
    /** Into a field of an object. */
    record Field(String name) implements Step {}

    /** To an element of an array; below 0 from its end. */
    record Element(int index) implements Step {}

    /** To all elements of an array. */
    record Each() implements Step {}
  }

  private FieldPath(String text, Root root, List<Step> steps) {
    this.text = text;
    this.root = root;
    this.steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException that says what was expected, and where
   */
  public static FieldPath parse(String text) {
    String path = text.strip();
    if (path.startsWith(HEADER)) {
      String name = path.substring(HEADER.length());
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "'%s': expected a name after header., found none".formatted(path));
      }
      return new FieldPath(path, Root.HEADER, List.of(new Step.Field(name)));
    }
    for (Root root : List.of(Root.VALUE, Root.KEY)) {
      String rest =
          path.startsWith(root.spelling()) ? path.substring(root.spelling().length()) : "-";
      if (rest.isEmpty() || rest.startsWith(".") || rest.startsWith("[")) {
        return new FieldPath(path, root, new StepReader(path, root.spelling().length()).all());
      }
    }
    throw new IllegalArgumentException(
        "'%s': expected a path that begins with value, key or header.".formatted(path));
  }

  /**
   * Reads paths with commas between them.
   *
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static List<FieldPath> parseAll(String text) {
    List<FieldPath> paths = new ArrayList<>();
    int from = 0;
    boolean quoted = false;
    for (int i = 0; i <= text.length(); i++) {
      boolean atEnd = i == text.length();
      if (!atEnd && text.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (atEnd || (text.charAt(i) == ',' && !quoted)) {
        paths.add(parse(text.substring(from, i)));
        from = i + 1;
      }
    }
    return paths;
  }

  /** The part of the record that it leads into. */
  public Root root() {
    return root;
  }

  /** Whether it is the whole part, and not a field of it. */
  public boolean isWhole() {
    return steps.isEmpty();
  }

  /** Whether it may lead to several fields. */
  public boolean isMany() {
    return steps.stream().anyMatch(Step.Each.class::isInstance);
  }

  /** The header's name; for a path with the root {@link Root#HEADER} only. */
  public String headerName() {
    return ((Step.Field) steps.get(0)).name();
  }

  List<Step> steps() {
    return steps;
  }

  /**
   * What is there.
   *
   * @param part the part of the record that it leads into
   */
  public Found find(JsonNode part) {
    List<JsonNode> at = List.of(part);
    String here = root.spelling();
    for (Step step : root == Root.HEADER ? List.<Step>of() : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : at) {
        if (node.isNull() || node.isMissingNode()) {
          continue;
        }
        boolean fits = step instanceof Step.Field ? node.isObject() : node.isArray();
        if (!fits) {
          return new Found.Astray(
              here, step instanceof Step.Field ? "an object" : "an array", Shapes.of(node));
        }
        into(node, step, next);
      }
      at = next;
      here = here + spelling(step);
    }
    List<JsonNode> there =
        at.stream().filter(node -> !node.isNull() && !node.isMissingNode()).toList();
    return there.isEmpty() ? new Found.Absent() : new Found.Nodes(there);
  }

  private static void into(JsonNode node, Step step, List<JsonNode> next) {
    if (step instanceof Step.Field field) {
      next.add(node.path(field.name()));
    } else if (step instanceof Step.Element element) {
      next.add(node.path(element.index() < 0 ? node.size() + element.index() : element.index()));
    } else {
      node.forEach(next::add);
    }
  }

  static String spelling(Step step) {
    if (step instanceof Step.Field field) {
      return StepReader.isPlain(field.name()) ? "." + field.name() : "['" + field.name() + "']";
    }
    return step instanceof Step.Element element ? "[" + element.index() + "]" : "[*]";
  }

  /** The path up to a step, in its normal spelling. */
  String upTo(int count) {
    return root.spelling()
        + steps.subList(0, count).stream().map(FieldPath::spelling).collect(Collectors.joining());
  }

  /** What a path leads to. */
  public sealed interface Found {
    /** At least one node, none of them null. */
    record Nodes(List<JsonNode> nodes) implements Found {}

    /** Nothing, or null. */
    record Absent() implements Found {}

    /** The record has another shape. */
    record Astray(String at, String expected, String found) implements Found {}

    /** The part of the record is not what its format says. */
    record Unreadable(String message) implements Found {}
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldPath path && path.root == root && path.steps.equals(steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }
}
