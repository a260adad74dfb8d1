package dev.hyperflow.topology.internal.mapping;

import java.util.List;
import java.util.Optional;

/**
 * Where a field is, and what is done where it is missing.
 *
 * @param paths one, or several whose texts are joined; empty: the field is never there
 * @param missing what becomes of a record without it
 * @param fallback stands in for it, if there is one
 */
public record FieldRule(List<FieldPath> paths, Missing missing, Optional<String> fallback) {
  /** A field that is never there. */
  public static final FieldRule NONE = new FieldRule(List.of(), Missing.IGNORE, Optional.empty());

  public FieldRule {
    paths = List.copyOf(paths);
  }

  /** Whether a path leads to it. */
  public boolean isMapped() {
    return !paths.isEmpty();
  }

  /** Its paths, as they were written. */
  public String spelling() {
    return String.join(",", paths.stream().map(FieldPath::toString).toList());
  }
}
