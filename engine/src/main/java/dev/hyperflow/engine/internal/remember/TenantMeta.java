package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.TenantSettings;
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
  /** The record of a tenant before its first event; stores give this very instance. */
  public static final TenantMeta EMPTY = new TenantMeta(TenantFacts.NONE, Map.of());

  private final TenantFacts facts;
  private final Map<String, LabelRing> rings;
  private final int examples;
  private final boolean describedOnly;

  private TenantMeta(TenantFacts facts, Map<String, LabelRing> rings) {
    this.facts = facts;
    this.rings = rings;
    this.examples = rings.values().stream().mapToInt(LabelRing::size).sum();
    this.describedOnly = rings.values().stream().allMatch(ring -> ring.places().isEmpty());
  }

  /**
   * A meta record as it was stored.
   *
   * @param rings the labels, each with at least one example or a description
   */
  public static TenantMeta of(TenantFacts facts, Collection<LabelRing> rings) {
    Map<String, LabelRing> byName = new LinkedHashMap<>();
    rings.forEach(ring -> byName.put(ring.label(), ring));
    return new TenantMeta(facts, byName);
  }

  /** Everything that does not depend on the number of labels. */
  public TenantFacts facts() {
    return facts;
  }

  /** Support events applied since the tenant was last forgotten. */
  public long events() {
    return facts.counters().events();
  }

  /** D of the tenant's features, 0 while there are no examples. */
  public int dimension() {
    return facts.features().dimension();
  }

  /** The order-independent hash of all examples and descriptions. */
  public Fingerprint fingerprint() {
    return facts.fingerprint();
  }

  /** The settings in which the tenant differs from all others. */
  public TenantSettings settings() {
    return facts.settings();
  }

  /** The tenant's event time at an event: it never runs backwards. */
  public long timeAt(long timestampMillis) {
    return Math.max(facts.clock().timeMillis(), timestampMillis);
  }

  /** The number N of labels that have an example or a description. */
  public int labels() {
    return rings.size();
  }

  /** The number of examples, M, descriptions included. */
  public int examples() {
    return examples;
  }

  /** Whether labels are known by their descriptions only. */
  public boolean describedOnly() {
    return describedOnly;
  }

  /** The rings of all labels, in the order in which the labels appeared. */
  public Collection<LabelRing> rings() {
    return Collections.unmodifiableCollection(rings.values());
  }

  /** The ring of {@code label}, if the tenant has examples or a description of it. */
  public Optional<LabelRing> ring(String label) {
    return Optional.ofNullable(rings.get(label));
  }

  TenantMeta withEvent(long timestampMillis) {
    return new TenantMeta(facts.withEvent(timestampMillis), rings);
  }

  TenantMeta withSettings(TenantSettings settings) {
    return new TenantMeta(facts.withSettings(settings), rings);
  }

  TenantMeta withNextExpiry(long nextExpiryMillis) {
    return new TenantMeta(facts.withNextExpiry(nextExpiryMillis), rings);
  }

  /** With another sum of the examples' hashes. */
  TenantMeta withFingerprint(Fingerprint fingerprint) {
    return new TenantMeta(facts.withFingerprint(fingerprint), rings);
  }

  /** With other features of the same examples. */
  TenantMeta withFeatures(TenantFacts.Features features, Fingerprint fingerprint) {
    return new TenantMeta(
        new TenantFacts(facts.counters(), features, fingerprint, facts.clock(), facts.settings()),
        rings);
  }

  /** The ring of a label, one without examples when the label is new. */
  LabelRing ringOrNew(String label) {
    LabelRing ring = rings.get(label);
    return ring == null
        ? new LabelRing(facts.counters().nextLabelId(), label, List.of(), false, RingPolicy.NEWEST)
        : ring;
  }

  /** With the places of a label that the tenant has in the order of {@code ring}. */
  TenantMeta withOrder(LabelRing ring) {
    return rings.get(ring.label()).order() == ring.order()
        ? this
        : new TenantMeta(facts, with(ring));
  }

  /** With one more example, in {@code grown}, its label's ring with one more place. */
  TenantMeta withExample(LabelRing grown, Example example, String space) {
    TenantFacts before = rings.containsKey(grown.label()) ? facts : facts.withLabel();
    return new TenantMeta(before.with(example, space), with(grown));
  }

  /** Without one example; a label goes with its last example, the dimension with the last label. */
  TenantMeta withoutExample(String label, int place, Example example) {
    Map<String, LabelRing> fewer = with(rings.get(label).without(place));
    if (fewer.get(label).size() == 0) {
      fewer.remove(label);
    }
    return new TenantMeta(facts.without(example, fewer.isEmpty()), fewer);
  }

  /**
   * With a ring in the place of the ring of its label, or, where there is none, of that of a label
   * that goes.
   *
   * @param gone the label that goes
   * @param fingerprint the sum of the examples' hashes then
   */
  TenantMeta relabelled(String gone, LabelRing ring, Fingerprint fingerprint) {
    String before = rings.containsKey(ring.label()) ? ring.label() : gone;
    Map<String, LabelRing> other = new LinkedHashMap<>();
    rings.forEach(
        (label, own) -> {
          if (label.equals(before)) {
            other.put(ring.label(), ring);
          } else if (!label.equals(gone)) {
            other.put(label, own);
          }
        });
    return new TenantMeta(facts.withFingerprint(fingerprint), other);
  }

  /** The name of a label; the tenant must have one of that id. */
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
