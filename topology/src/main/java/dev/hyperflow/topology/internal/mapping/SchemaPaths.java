package dev.hyperflow.topology.internal.mapping;

import dev.hyperflow.topology.internal.mapping.SourceMapping.Field;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Compares the paths of a mapping with a schema. */
public final class SchemaPaths {
  private static final Set<Schema.Type> TEXTS =
      EnumSet.of(
          Schema.Type.STRING,
          Schema.Type.ENUM,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE,
          Schema.Type.BOOLEAN);
  private static final Set<Schema.Type> NAMES =
      EnumSet.of(Schema.Type.STRING, Schema.Type.ENUM, Schema.Type.INT, Schema.Type.LONG);
  private static final Set<Schema.Type> NUMBERS =
      EnumSet.of(
          Schema.Type.STRING,
          Schema.Type.INT,
          Schema.Type.LONG,
          Schema.Type.FLOAT,
          Schema.Type.DOUBLE);

  private SchemaPaths() {}

  /** Why a path does not lead to a field of its kind; empty when it does. */
  public static Optional<String> flaw(Field field, FieldPath path, Schema schema) {
    List<Schema> at = branches(schema);
    int count = 0;
    for (FieldPath.Step step : path.steps()) {
      List<Schema> next = new ArrayList<>();
      for (Schema each : at) {
        into(each, step).ifPresent(found -> next.addAll(branches(found)));
      }
      if (next.isEmpty()) {
        return Optional.of(
            "expected %s at %s, found %s"
                .formatted(
                    step instanceof FieldPath.Step.Field name
                        ? "a field '" + name.name() + "'"
                        : "an array",
                    path.upTo(count),
                    described(at)));
      }
      at = next;
      count++;
    }
    Set<Schema.Type> expected = types(field);
    List<Schema> leaves = at;
    return leaves.stream().anyMatch(leaf -> fits(leaf, expected))
        ? Optional.empty()
        : Optional.of(
            "expected one of %s at %s, found %s"
                .formatted(names(expected), path.upTo(count), described(leaves)));
  }

  private static Set<Schema.Type> types(Field field) {
    return switch (field) {
      case TENANT, ID -> NAMES;
      case TEXT, LABEL, OPERATION -> TEXTS;
      case FEATURES -> EnumSet.of(Schema.Type.ARRAY);
      case WEIGHT, EXPIRY, TIME -> NUMBERS;
    };
  }

  /** Decimals and UUIDs are bytes that are read as something else. */
  private static boolean fits(Schema leaf, Set<Schema.Type> expected) {
    return expected.contains(leaf.getType())
        || (leaf.getLogicalType() != null && !expected.contains(Schema.Type.ARRAY));
  }

  private static Optional<Schema> into(Schema schema, FieldPath.Step step) {
    if (step instanceof FieldPath.Step.Field field) {
      return switch (schema.getType()) {
        case RECORD -> Optional.ofNullable(schema.getField(field.name())).map(Schema.Field::schema);
        case MAP -> Optional.of(schema.getValueType());
        default -> Optional.empty();
      };
    }
    return schema.getType() == Schema.Type.ARRAY
        ? Optional.of(schema.getElementType())
        : Optional.empty();
  }

  private static List<Schema> branches(Schema schema) {
    List<Schema> all = schema.isUnion() ? schema.getTypes() : List.of(schema);
    return all.stream().filter(each -> each.getType() != Schema.Type.NULL).toList();
  }

  private static String described(List<Schema> schemas) {
    return schemas.stream().map(SchemaPaths::described).collect(Collectors.joining(" or "));
  }

  private static String described(Schema schema) {
    return switch (schema.getType()) {
      case RECORD ->
          "the fields %s of %s"
              .formatted(
                  schema.getFields().stream()
                      .map(Schema.Field::name)
                      .collect(Collectors.joining(", ")),
                  schema.getFullName());
      default -> schema.getType().getName();
    };
  }

  private static String names(Set<Schema.Type> types) {
    return types.stream()
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
