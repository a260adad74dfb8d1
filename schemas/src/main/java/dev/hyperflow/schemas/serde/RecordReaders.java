package dev.hyperflow.schemas.serde;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Finds the generated class for a writer's schema and makes its reader.
 *
 * @param <T> the record class
 */
final class RecordReaders<T extends SpecificRecord> {
  private final Class<?> type;

  /** Accepts one class only, or any generated class if empty. */
  RecordReaders(Optional<Class<?>> type) {
    this.type = type.orElse(null);
  }

  /**
   * Returns the reader of what a schema wrote.
   *
   * @throws IllegalArgumentException if there is no generated class for it, or not the wanted one;
   *     says what was found and expected
   */
  DatumReader<T> forWriter(Schema writer) {
    if (writer.getType() != Schema.Type.RECORD) {
      throw new IllegalArgumentException(
          "schema is of type %s; expected a record".formatted(writer.getType().getName()));
    }
    requireBounded(writer);
    Class<?> found = find(writer.getFullName());
    if (type != null && found != type) {
      throw new IllegalArgumentException(
          "record is a %s; expected %s".formatted(writer.getFullName(), type.getName()));
    }
    Schema reader = SpecificData.get().getSchema(found);
    return new SpecificDatumReader<>(writer, reader, SpecificData.getForClass(found));
  }

  /**
   * Refuses a schema whose messages could claim more than their bytes hold.
   *
   * @throws IllegalArgumentException that names it
   */
  static void requireBounded(Schema writer) {
    if (hasEmptyItems(writer, Collections.newSetFromMap(new IdentityHashMap<>()))) {
      throw new IllegalArgumentException(
          "%s has an array whose items take no bytes; expected none, because its length would be"
                  .formatted(writer.getFullName())
              + " unbounded");
    }
  }

  /** Without running static initialisers: the name comes from outside. */
  private static Class<?> find(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    Class<?> found = find(name, RecordReaders.class.getClassLoader());
    if (found == null && context != null) {
      found = find(name, context);
    }
    if (found == null) {
      throw new IllegalArgumentException("no generated class for record %s".formatted(name));
    }
    return found;
  }

  private static Class<?> find(String name, ClassLoader loader) {
    try {
      Class<?> found = Class.forName(name, false, loader);
      return SpecificRecord.class.isAssignableFrom(found) ? found : null;
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static boolean hasEmptyItems(Schema schema, Set<Schema> seen) {
    if (!seen.add(schema)) {
      return false;
    }
    return switch (schema.getType()) {
      case ARRAY ->
          takesNoBytes(schema.getElementType(), Collections.newSetFromMap(new IdentityHashMap<>()))
              || hasEmptyItems(schema.getElementType(), seen);
      case MAP -> hasEmptyItems(schema.getValueType(), seen);
      case UNION -> schema.getTypes().stream().anyMatch(branch -> hasEmptyItems(branch, seen));
      case RECORD ->
          schema.getFields().stream().anyMatch(field -> hasEmptyItems(field.schema(), seen));
      default -> false;
    };
  }

  private static boolean takesNoBytes(Schema schema, Set<Schema> seen) {
    return switch (schema.getType()) {
      case NULL -> true;
      case FIXED -> schema.getFixedSize() == 0;
      case RECORD ->
          seen.add(schema)
              && schema.getFields().stream().allMatch(field -> takesNoBytes(field.schema(), seen));
      default -> false;
    };
  }
}
