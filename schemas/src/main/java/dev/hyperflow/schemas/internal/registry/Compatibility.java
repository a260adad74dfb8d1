package dev.hyperflow.schemas.internal.registry;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityResult;

/** Judges a new schema against earlier versions, by Avro's own rules. Stateless. */
final class Compatibility {
  private Compatibility() {}

  /**
   * Returns what stands against a schema.
   *
   * @param history earlier versions, ascending; empty accepts anything
   */
  static List<String> problems(
      CompatibilityLevel level, Schema schema, List<InMemoryRegistry.Entry> history) {
    int from = level.transitive() ? 0 : Math.max(0, history.size() - 1);
    List<String> problems = new ArrayList<>();
    for (InMemoryRegistry.Entry entry : history.subList(from, history.size())) {
      Schema earlier = SchemaText.parseLeniently(entry.text());
      if (level.backward()) {
        judge(schema, earlier, "cannot read version " + entry.version(), problems);
      }
      if (level.forward()) {
        judge(earlier, schema, "cannot be read by version " + entry.version(), problems);
      }
    }
    return problems;
  }

  private static void judge(Schema reader, Schema writer, String what, List<String> problems) {
    SchemaCompatibilityResult result =
        SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    for (Incompatibility found : result.getIncompatibilities()) {
      problems.add(
          "%s: %s at %s: %s"
              .formatted(what, found.getType(), found.getLocation(), found.getMessage()));
    }
  }
}
