package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A tenant's support set in canonical order.
 *
 * @param labels the labels, sorted by name: row i of a head belongs to label i
 * @param entries the examples, sorted by label, then by event id
 * @param meta the meta record they belong to
 * @param fading how weights fade with age
 */
public record LabelledExamples(
    List<String> labels, List<Entry> entries, TenantMeta meta, Fading fading) {

  static final Comparator<Entry> CANONICAL_ORDER =
      Comparator.comparingInt(Entry::row).thenComparing(entry -> entry.example().eventId());

  public LabelledExamples {
    labels = List.copyOf(labels);
    entries = List.copyOf(entries);
  }

  /**
   * The support set of examples by slot, which the meta record lists: labels sorted by name,
   * examples by label, then by event id.
   */
  public static LabelledExamples of(TenantMeta meta, Map<Slot, Example> examples, Fading fading) {
    List<String> labels = meta.rings().stream().map(LabelRing::label).sorted().toList();
    Map<String, Integer> rowOfLabel = new HashMap<>();
    labels.forEach(label -> rowOfLabel.put(label, rowOfLabel.size()));
    Map<Integer, Integer> rowOfLabelId = new HashMap<>();
    meta.rings().forEach(ring -> rowOfLabelId.put(ring.labelId(), rowOfLabel.get(ring.label())));
    List<Entry> entries = new ArrayList<>(examples.size());
    examples.forEach(
        (slot, example) -> entries.add(new Entry(rowOfLabelId.get(slot.labelId()), example)));
    entries.sort(CANONICAL_ORDER);
    return new LabelledExamples(labels, entries, meta, fading);
  }

  /**
   * The support set of some of these examples alone; a label without an example goes.
   *
   * @param kept which examples stay, by their place in {@link #entries}
   */
  public LabelledExamples where(IntPredicate kept) {
    boolean[] used = new boolean[labels.size()];
    for (int i = 0; i < entries.size(); i++) {
      used[entries.get(i).row()] |= kept.test(i);
    }
    int[] rows = new int[labels.size()];
    List<String> fewer = new ArrayList<>();
    for (int row = 0; row < rows.length; row++) {
      rows[row] = fewer.size();
      if (used[row]) {
        fewer.add(labels.get(row));
      }
    }
    List<Entry> some = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      if (kept.test(i)) {
        some.add(new Entry(rows[entries.get(i).row()], entries.get(i).example()));
      }
    }
    return new LabelledExamples(fewer, some, meta, fading);
  }

  /** The faded weight of each example, [M]. */
  public float[] weights() {
    long newestMillis = Fading.newestMillis(entries);
    float[] weights = new float[entries.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = fading.weight(entries.get(i).example(), newestMillis);
    }
    return weights;
  }

  /** The same examples as arrays, [M][D], with faded weights, for the integrator. */
  public SupportSet supportSet() {
    return supportSet(
        meta.dimension(), entries.stream().map(entry -> entry.example().features()).toList());
  }

  /**
   * The same examples with other features.
   *
   * @param dimension D of these features
   * @param features one for each of {@link #entries}
   */
  public SupportSet supportSet(int dimension, List<FeatureVector> features) {
    SupportSet.Builder builder = SupportSet.builder(dimension, labels.size());
    float[] weights = weights();
    for (int i = 0; i < entries.size(); i++) {
      builder.add(entries.get(i).row(), weights[i], features.get(i).toArray());
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
