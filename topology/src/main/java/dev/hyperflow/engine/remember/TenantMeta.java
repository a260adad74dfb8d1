package dev.hyperflow.engine.remember;

import dev.hyperflow.engine.event.Fingerprint;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a tenant without reading its examples. Immutable: every change gives a new one.
 */
public final class TenantMeta {
  /** A tenant that nothing is known of. */
  public static final TenantMeta EMPTY = new TenantMeta(0, 0, 0, Fingerprint.EMPTY, Map.of());

  private final long events;
  private final int nextLabelId;
  private final int dimension;
  private final Fingerprint fingerprint;
  private final Map<String, LabelRing> rings;

  private TenantMeta(
      long events,
      int nextLabelId,
      int dimension,
      Fingerprint fingerprint,
      Map<String, LabelRing> rings) {
    this.events = events;
    this.nextLabelId = nextLabelId;
    this.dimension = dimension;
    this.fingerprint = fingerprint;
    this.rings = rings;
  }

  /**
   * A meta record as it was stored.
   *
   * @param events support events applied since the tenant was last forgotten
   * @param nextLabelId the number the next new label gets
   * @param dimension D of the tenant's features, 0 while there are no examples
   * @param fingerprint the sum of the examples' hashes
   * @param rings the labels, each with at least one example
   */
  public static TenantMeta of(
      long events,
      int nextLabelId,
      int dimension,
      Fingerprint fingerprint,
      Collection<LabelRing> rings) {
    Map<String, LabelRing> byName = new LinkedHashMap<>();
    rings.forEach(ring -> byName.put(ring.label(), ring));
    return new TenantMeta(events, nextLabelId, dimension, fingerprint, byName);
  }

  /** Support events applied since the tenant was last forgotten. */
  public long events() {
    return events;
  }

  /** The number the next new label gets. */
  public int nextLabelId() {
    return nextLabelId;
  }

  /** D of the tenant's features, 0 while there are no examples. */
  public int dimension() {
    return dimension;
  }

  /** The hash of the support set. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  /** The number of labels, N. */
  public int labels() {
    return rings.size();
  }

  /** The number of examples, M. */
  public int examples() {
    int sum = 0;
    for (LabelRing ring : rings.values()) {
      sum += ring.places().size();
    }
    return sum;
  }

  /** The rings of all labels, in the order in which the labels appeared. */
  public Collection<LabelRing> rings() {
    return Collections.unmodifiableCollection(rings.values());
  }

  /** The ring of {@code label}, if the tenant has examples of it. */
  public Optional<LabelRing> ring(String label) {
    return Optional.ofNullable(rings.get(label));
  }

  TenantMeta withEvent() {
    return new TenantMeta(events + 1, nextLabelId, dimension, fingerprint, rings);
  }

  /** With one more example, in a place of its label's ring that is free. */
  TenantMeta withExample(String label, int place, Example example) {
    LabelRing ring = rings.get(label);
    int newNextLabelId = ring == null ? nextLabelId + 1 : nextLabelId;
    LabelRing before = ring == null ? new LabelRing(nextLabelId, label, List.of()) : ring;
    return new TenantMeta(
        events,
        newNextLabelId,
        example.features().dimension(),
        fingerprint.plus(example.fingerprint()),
        with(before.with(place)));
  }

  /** Without one example; a label goes with its last example, the dimension with the last label. */
  TenantMeta withoutExample(String label, int place, Example example) {
    Map<String, LabelRing> fewer = with(rings.get(label).without(place));
    if (fewer.get(label).places().isEmpty()) {
      fewer.remove(label);
    }
    return new TenantMeta(
        events,
        nextLabelId,
        fewer.isEmpty() ? 0 : dimension,
        fingerprint.minus(example.fingerprint()),
        fewer);
  }

  /** The label that {@code labelId} numbers. */
  String labelOf(int labelId) {
    for (LabelRing ring : rings.values()) {
      if (ring.labelId() == labelId) {
        return ring.label();
      }
    }
    throw new IllegalStateException(
        "label id %d: expected a label of the tenant, found %s".formatted(labelId, rings.keySet()));
  }

  private Map<String, LabelRing> with(LabelRing ring) {
    Map<String, LabelRing> copy = new LinkedHashMap<>(rings);
    copy.put(ring.label(), ring);
    return copy;
  }
}
