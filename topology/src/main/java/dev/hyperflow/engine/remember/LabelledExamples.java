package dev.hyperflow.engine.remember;

import dev.hyperflow.models.SupportSet;
import java.util.Comparator;
import java.util.List;

/**
 * A tenant's support set in canonical order.
 *
 * @param labels the labels, sorted by name: row i of a head belongs to label i
 * @param entries the examples, sorted by label, then by event id
 * @param meta the meta record they belong to
 */
public record LabelledExamples(List<String> labels, List<Entry> entries, TenantMeta meta) {

  static final Comparator<Entry> CANONICAL_ORDER =
      Comparator.comparingInt(Entry::row).thenComparing(entry -> entry.example().eventId());

  public LabelledExamples {
    labels = List.copyOf(labels);
    entries = List.copyOf(entries);
  }

  /** As the integrator takes it. */
  public SupportSet supportSet() {
    SupportSet.Builder builder = SupportSet.builder(meta.dimension(), labels.size());
    for (Entry entry : entries) {
      builder.add(
          entry.row(), entry.example().terms().weight(), entry.example().features().toArray());
    }
    return builder.build();
  }

  /**
   * An example and the row of its label.
   *
   * @param row index into {@link LabelledExamples#labels}
   */
  public record Entry(int row, Example example) {}
}
