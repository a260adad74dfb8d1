package dev.hyperflow.topology.internal.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the steps of a path. */
final class StepReader {
  private static final Pattern NAME = Pattern.compile("\\.([^.\\[\\]',\\s]+)");
  private static final Pattern QUOTED = Pattern.compile("\\['([^']+)']");
  private static final Pattern INDEX = Pattern.compile("\\[(-?\\d{1,6})]");
  private static final Pattern EACH = Pattern.compile("\\[\\*]");

  private final String path;
  private int at;

  StepReader(String path, int from) {
    this.path = path;
    this.at = from;
  }

  /** Whether a name needs no quotes. */
  static boolean isPlain(String name) {
    return NAME.matcher("." + name).matches();
  }

  List<FieldPath.Step> all() {
    List<FieldPath.Step> steps = new ArrayList<>();
    while (at < path.length()) {
      steps.add(next());
    }
    return steps;
  }

  private FieldPath.Step next() {
    for (Pattern name : List.of(NAME, QUOTED)) {
      Matcher found = matcher(name);
      if (found.lookingAt()) {
        at = found.end();
        return new FieldPath.Step.Field(found.group(1));
      }
    }
    Matcher found = matcher(INDEX);
    if (found.lookingAt()) {
      at = found.end();
      return new FieldPath.Step.Element(Integer.parseInt(found.group(1)));
    }
    found = matcher(EACH);
    if (found.lookingAt()) {
      at = found.end();
      return new FieldPath.Step.Each();
    }
    throw new IllegalArgumentException(
        "'%s': expected .name, ['name'], [0] or [*] at character %d, found '%s'"
            .formatted(path, at + 1, path.substring(at)));
  }

  private Matcher matcher(Pattern pattern) {
    return pattern.matcher(path).region(at, path.length());
  }
}
