package dev.hyperflow.engine.internal.remember;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.event.TenantSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The support sets of all tenants of a task: what support events do to them. One caller at a time.
 *
 * <p>All refusals are decided before the first write, so a refused event leaves no trace.
 */
public final class SupportMemory {
  // The meta record lists, per label, the occupied places in the order in which their examples give
  // way. A new example takes the lowest free place, or that of the one that makes room. So within
  // the bounds the set depends on the events alone, and a retraction leaves no hole that would cost
  // a later example its place. Cost of an add: one get of the index, one put each of example, index
  // and meta, and one more get and delete when something is replaced or displaced; the reservoir
  // also reads a dozen examples to find the new one's place in the order.
  //
  // Time is the tenant's: the latest timestamp of its applied support events, or that of the event
  // at hand when it is later. Queries do not advance it for others, as that would cost a write
  // each.

  private final TenantStore store;
  private final MemorySettings settings;
  private final Function<String, String> spaces;
  private final Rings rings;
  private final LabelChanges labels;

  /**
   * A memory over a store.
   *
   * @param space names the encoder that makes the features; empty when they come from elsewhere
   */
  public SupportMemory(TenantStore store, MemorySettings settings, String space) {
    this(store, settings, tenant -> space);
  }

  /**
   * A memory of tenants whose encoders may differ.
   *
   * @param spaces names the encoder that makes a tenant's features now; empty when they come from
   *     elsewhere
   */
  public SupportMemory(
      TenantStore store, MemorySettings settings, Function<String, String> spaces) {
    this.store = new FadingTenantStore(store, settings.fading());
    this.settings = settings;
    this.spaces = spaces;
    this.rings = new Rings(this.store, settings.policy());
    this.labels = new LabelChanges(this.store, settings, rings);
  }

  /** What is known of the tenant. */
  public TenantMeta meta(String tenant) {
    return store.meta(tenant);
  }

  /** The next tenants of which something is known; see {@link TenantStore#tenants}. */
  public List<String> tenants(Optional<String> after, int most) {
    return store.tenants(after, most);
  }

  /** Remembers an example of a label. One with the same event id is replaced. */
  public MemoryChange add(Event.Add added, FeatureVector features) {
    return remember(added, example(added, features, added.payload().source()), false);
  }

  /** Remembers a query as an example of its true label, as {@link #add} does. */
  public MemoryChange add(Event.Feedback feedback, FeatureVector features, Optional<String> text) {
    return remember(feedback, example(feedback, features, text), false);
  }

  /** What is kept of a text. */
  public Optional<String> kept(Optional<String> text) {
    return settings.texts().kept(text);
  }

  /** Remembers what a label means. An earlier description, or the same event id, is replaced. */
  public MemoryChange describe(Event.Describe description, FeatureVector features) {
    ExampleTerms terms = description.terms();
    float weight = Math.max(Float.MIN_VALUE, terms.weight() * settings.descriptionWeight());
    Event.Describe weighted =
        new Event.Describe(
            description.tenant(),
            description.timestampMillis(),
            description.eventId(),
            description.label(),
            new ExampleTerms(weight, terms.expiresAtMillis()),
            description.payload());
    return remember(weighted, example(weighted, features, description.payload().source()), true);
  }

  /** Takes an example out, as if it had never been added. */
  public MemoryChange retract(String tenant, String eventId, long timestampMillis) {
    TenantMeta meta = store.meta(tenant);
    Optional<Slot> slot = named(eventId, name -> store.slotOf(tenant, name));
    if (slot.isEmpty()) {
      return new MemoryChange.Unchanged(Reason.UNKNOWN_EVENT);
    }
    store.putMeta(tenant, displace(tenant, meta, slot.get()).withEvent(timestampMillis));
    return new MemoryChange.Changed(true, false);
  }

  /** Takes a label out with all its examples and its description. */
  public MemoryChange forgetLabel(String tenant, String label, long timestampMillis) {
    TenantMeta meta = store.meta(tenant);
    Optional<LabelRing> ring = named(label, meta::ring);
    if (ring.isEmpty()) {
      return new MemoryChange.Unchanged(Reason.UNKNOWN_LABEL);
    }
    for (Slot slot : ring.get().slots()) {
      meta = displace(tenant, meta, slot);
    }
    store.putMeta(tenant, meta.withEvent(timestampMillis));
    return new MemoryChange.Changed(true, false);
  }

  /** Counts an event of a tenant that changed no example, but something that waits. */
  public MemoryChange changedWaiting(String tenant, long timestampMillis) {
    store.putMeta(tenant, store.meta(tenant).withEvent(timestampMillis));
    return new MemoryChange.Changed(false, false);
  }

  /** Gives a label a name that no label of the tenant has. */
  public MemoryChange renameLabel(String tenant, String label, String name, long timestampMillis) {
    return labels.rename(tenant, label, name, timestampMillis);
  }

  /** Makes the examples of a label examples of another one, or, where it is new, renames it. */
  public MemoryChange mergeLabels(
      String tenant, String label, String target, long timestampMillis) {
    return labels.merge(tenant, label, target, timestampMillis);
  }

  /** The name of a label of the tenant that was named as it came, or else in its normal form. */
  public String labelNamed(String tenant, String label) {
    return named(label, store.meta(tenant)::ring).map(LabelRing::label).orElse(label);
  }

  /** What a name names as it came, or else in its normal form. */
  private static <T> Optional<T> named(String name, Function<String, Optional<T>> find) {
    Optional<T> found = find.apply(name);
    return found.isPresent() || NameRule.isNormal(name) ? found : find.apply(NameRule.normal(name));
  }

  /** Removes all that is known of a tenant. */
  public MemoryChange forgetTenant(String tenant) {
    if (store.meta(tenant).events() == 0) {
      return new MemoryChange.Unchanged(Reason.UNKNOWN_TENANT);
    }
    store.removeTenant(tenant);
    return new MemoryChange.Changed(true, false);
  }

  /** Replaces the tenant's settings; examples beyond a smaller memory make room at once. */
  public MemoryChange configure(String tenant, TenantSettings wanted, long timestampMillis) {
    TenantMeta meta = store.meta(tenant);
    if (meta.settings().equals(wanted)) {
      return new MemoryChange.Unchanged(Reason.UNCHANGED_SETTINGS);
    }
    TenantMeta after = meta.withSettings(wanted);
    for (LabelRing ring : List.copyOf(after.rings())) {
      after = shrunk(tenant, after, ring.label(), perLabel(after));
    }
    store.putMeta(tenant, after.withEvent(timestampMillis));
    return new MemoryChange.Changed(false, false);
  }

  /**
   * Takes out the examples that are past their time.
   *
   * @param timestampMillis event time of the event at hand
   * @return whether there were any
   */
  public boolean expire(String tenant, long timestampMillis) {
    TenantMeta meta = store.meta(tenant);
    long now = meta.timeAt(timestampMillis);
    if (now < meta.facts().clock().nextExpiryMillis()) {
      return false;
    }
    List<Slot> expired = new ArrayList<>();
    long[] next = {ExampleTerms.NEVER};
    store.forEachExample(
        tenant,
        (slot, example) -> {
          if (example.terms().expiredAt(now)) {
            expired.add(slot);
          } else {
            next[0] = Math.min(next[0], example.terms().expiresAtMillis());
          }
        });
    TenantMeta after = meta;
    for (Slot slot : expired) {
      after = displace(tenant, after, slot);
    }
    store.putMeta(tenant, after.withNextExpiry(next[0]));
    return !expired.isEmpty();
  }

  /**
   * The tenant's support set in canonical order: labels sorted by name, examples by label, then by
   * event id. Sums over it do not depend on the order of arrival.
   */
  public LabelledExamples examples(String tenant) {
    TenantMeta meta = store.meta(tenant); // first, as a store may heal what it holds then
    Map<Slot, Example> examples = new HashMap<>();
    store.forEachExample(tenant, examples::put);
    int expected = meta.examples();
    if (examples.size() != expected) {
      throw new TornMemoryException(
          "support memory of tenant '%s': expected %d examples, found %d"
              .formatted(tenant, expected, examples.size()));
    }
    return LabelledExamples.of(meta, examples, settings.fading());
  }

  private MemoryChange remember(Event.Labelled added, Example example, boolean description) {
    String tenant = added.tenant();
    TenantMeta meta = store.meta(tenant);
    Optional<Slot> earlier = store.slotOf(tenant, added.eventId());
    Optional<Rejection> refusal =
        refusal(earlier.map(slot -> without(tenant, meta, slot)).orElse(meta), added, example);
    if (refusal.isPresent()) {
      return new MemoryChange.Refused(refusal.get());
    }
    if (added.terms().expiredAt(meta.timeAt(added.timestampMillis()))) {
      return expiredOnArrival(added, earlier, description);
    }
    if (earlier.isPresent() && isDuplicate(added, example, meta, earlier.get(), description)) {
      return new MemoryChange.Unchanged(Reason.DUPLICATE);
    }
    TenantMeta base = earlier.isPresent() ? displace(tenant, meta, earlier.get()) : meta;
    TenantMeta after =
        description
            ? described(tenant, base, added.label(), example)
            : placed(tenant, base, added.label(), example);
    store.putMeta(tenant, bounded(tenant, after).withEvent(added.timestampMillis()));
    boolean otherFeatures = meta.dimension() != 0 && meta.dimension() != after.dimension();
    return new MemoryChange.Changed(otherFeatures, earlier.isEmpty());
  }

  /** What has expired when it comes still takes the place of what it replaces. */
  private MemoryChange expiredOnArrival(
      Event.Labelled added, Optional<Slot> earlier, boolean description) {
    String tenant = added.tenant();
    TenantMeta meta = store.meta(tenant);
    TenantMeta after = earlier.isPresent() ? displace(tenant, meta, earlier.get()) : meta;
    Optional<LabelRing> described =
        after.ring(added.label()).filter(ring -> description && ring.described());
    if (described.isPresent()) {
      after = displace(tenant, after, new Slot(described.get().labelId(), Slot.DESCRIPTION));
    }
    if (earlier.isEmpty() && described.isEmpty()) {
      return new MemoryChange.Unchanged(Reason.EXPIRED);
    }
    store.putMeta(tenant, after.withEvent(added.timestampMillis()));
    return new MemoryChange.Changed(true, false);
  }

  private Example example(Event.Labelled added, FeatureVector features, Optional<String> text) {
    FeatureVector kept = settings.precision().rounded(features);
    Fingerprint content =
        ExampleHash.of(added.eventId(), added.label(), added.terms().weight(), kept);
    return new Example(
        added.eventId(),
        added.timestampMillis(),
        added.terms(),
        ExampleHash.faded(content, added.timestampMillis(), settings.fading()),
        kept,
        kept(text));
  }

  /** An example that brings a text that is missing is none; one that comes at another time is. */
  private boolean isDuplicate(
      Event.Labelled added, Example example, TenantMeta meta, Slot slot, boolean description) {
    Example kept = rings.example(added.tenant(), slot);
    return kept.features().equals(example.features())
        && kept.terms().equals(example.terms())
        && (example.text().isEmpty() || example.text().equals(kept.text()))
        && meta.labelOf(slot.labelId()).equals(added.label())
        && slot.isDescription() == description;
  }

  private Optional<Rejection> refusal(TenantMeta meta, Event.Labelled added, Example example) {
    int dimension = example.features().dimension();
    if (meta.dimension() != 0 && meta.dimension() != dimension) {
      return reject(
          Reason.WRONG_DIMENSION,
          "payload: expected %d features like the tenant's other examples, found %d",
          meta.dimension(),
          dimension);
    }
    Optional<Rejection> foreign = foreignSpace(meta, spaces.apply(added.tenant()));
    if (foreign.isPresent()) {
      return foreign;
    }
    if (meta.ring(added.label()).isEmpty() && meta.labels() >= settings.labelsPerTenant()) {
      return reject(
          Reason.TOO_MANY_LABELS,
          "label: expected one of the tenant's %d labels (the limit), found the new label '%s'",
          meta.labels(),
          added.label());
    }
    return Optional.empty();
  }

  /** Whether the tenant's examples have features of another encoder than that of a space. */
  public static boolean isForeign(TenantMeta meta, String space) {
    String kept = meta.facts().features().space();
    return meta.dimension() != 0 && !kept.isEmpty() && !space.isEmpty() && !kept.equals(space);
  }

  /** Why features of the bundle's encoder do not go with the tenant's, if they do not. */
  public static Optional<Rejection> foreignSpace(TenantMeta meta, String space) {
    return isForeign(meta, space)
        ? reject(
            Reason.WRONG_FEATURE_SPACE,
            "payload: expected features of encoder %s like the tenant's other examples, found those"
                + " of %s. Without the texts of all examples, a change of the encoder needs a"
                + " replay of the support topic under a new application.id",
            meta.facts().features().space(),
            space)
        : Optional.empty();
  }

  /**
   * Gives all examples of a tenant the features that another encoder makes of their texts. All else
   * stays. The tenant is then as if that encoder had made its features from the start.
   *
   * @param space names the encoder
   * @param encoder gives the features of each text, in order; empty where it fails
   * @return why the tenant stays as it is, if it does
   */
  public Optional<Rejection> reencode(
      String tenant, String space, Function<List<String>, List<Optional<FeatureVector>>> encoder) {
    TenantMeta meta = store.meta(tenant);
    List<Map.Entry<Slot, Example>> entries = new ArrayList<>();
    store.forEachExample(tenant, (slot, example) -> entries.add(Map.entry(slot, example)));
    List<Example> before = entries.stream().map(Map.Entry::getValue).toList();
    Optional<List<FeatureVector>> features = reencoded(before, encoder);
    if (features.isEmpty()) {
      return foreignSpace(meta, space);
    }
    Fingerprint sum = Fingerprint.EMPTY;
    for (int i = 0; i < entries.size(); i++) {
      Slot slot = entries.get(i).getKey();
      Example example =
          before
              .get(i)
              .with(meta.labelOf(slot.labelId()), features.get().get(i), settings.fading());
      store.putExample(tenant, slot, example);
      sum = sum.plus(example.fingerprint());
    }
    int dimension = features.get().get(0).dimension();
    store.putMeta(tenant, meta.withFeatures(new TenantFacts.Features(dimension, space), sum));
    return Optional.empty();
  }

  /**
   * The features that another encoder makes of examples' texts, as they would be kept.
   *
   * @return in the order of the examples; empty when a text is missing, or the encoder fails on one
   */
  public Optional<List<FeatureVector>> reencoded(
      List<Example> examples, Function<List<String>, List<Optional<FeatureVector>>> encoder) {
    List<String> texts = examples.stream().flatMap(example -> example.text().stream()).toList();
    if (texts.size() < examples.size()) {
      return Optional.empty();
    }
    List<FeatureVector> features =
        encoder.apply(texts).stream()
            .flatMap(Optional::stream)
            .map(settings.precision()::rounded)
            .toList();
    return features.size() < examples.size() ? Optional.empty() : Optional.of(features);
  }

  private TenantMeta described(String tenant, TenantMeta meta, String label, Example example) {
    TenantMeta room = meta;
    Optional<LabelRing> ring = meta.ring(label);
    if (ring.isPresent() && ring.get().described()) {
      room = displace(tenant, meta, new Slot(ring.get().labelId(), Slot.DESCRIPTION));
    }
    LabelRing grown = room.ringOrNew(label).with(Slot.DESCRIPTION);
    return kept(tenant, room, grown, Slot.DESCRIPTION, example);
  }

  /** With the example, unless it would itself be the one that makes room. */
  private TenantMeta placed(String tenant, TenantMeta meta, String label, Example example) {
    TenantMeta room =
        meta.ring(label).map(known -> meta.withOrder(rings.ordered(tenant, known))).orElse(meta);
    LabelRing ring = rings.ordered(tenant, room.ringOrNew(label));
    Optional<LabelRing> full = full(room, ring);
    while (full.isPresent()) {
      boolean isOwn = full.get().labelId() == ring.labelId();
      if (isOwn && rings.keepsOut(tenant, ring, example.eventId())) {
        return shrunk(tenant, room, label, perLabel(room));
      }
      room = relieved(tenant, room, full.get());
      ring = rings.ordered(tenant, room.ringOrNew(label));
      full = full(room, ring);
    }
    int place = ring.freePlace();
    LabelRing grown = ring.with(place, rings.index(tenant, ring, example.eventId()));
    return kept(tenant, room, grown, place, example);
  }

  /** The label that must give an example so that {@code growing} may get one. */
  private Optional<LabelRing> full(TenantMeta meta, LabelRing growing) {
    if (growing.places().size() >= perLabel(meta)) {
      return Optional.of(growing);
    }
    return meta.examples() < settings.examplesPerTenant()
        ? Optional.empty()
        : Optional.of(Rings.fullest(meta, growing));
  }

  /** With at most as many examples as a tenant may have; descriptions count, and stay. */
  private TenantMeta bounded(String tenant, TenantMeta meta) {
    TenantMeta after = meta;
    while (after.examples() > settings.examplesPerTenant()) {
      Optional<LabelRing> fullest = Rings.fullest(after);
      if (fullest.isEmpty()) {
        return after;
      }
      after = relieved(tenant, after, fullest.get());
    }
    return after;
  }

  private TenantMeta kept(
      String tenant, TenantMeta meta, LabelRing grown, int place, Example example) {
    Slot slot = new Slot(grown.labelId(), place);
    store.putExample(tenant, slot, example);
    store.putSlotOf(tenant, example.eventId(), slot);
    return meta.withExample(grown, example, spaces.apply(tenant));
  }

  /** With at most so many examples of the label, its description apart. */
  private TenantMeta shrunk(String tenant, TenantMeta meta, String label, int most) {
    TenantMeta after = meta;
    Optional<LabelRing> ring = after.ring(label);
    while (ring.isPresent() && ring.get().places().size() > most) {
      after = relieved(tenant, after, ring.get());
      ring = after.ring(label);
    }
    return after;
  }

  /** Without the example of the label that gives way first; there must be one. */
  private TenantMeta relieved(String tenant, TenantMeta meta, LabelRing ring) {
    LabelRing ordered = rings.ordered(tenant, ring);
    return displace(tenant, meta.withOrder(ordered), ordered.slot(0));
  }

  private int perLabel(TenantMeta meta) {
    return settings.examplesPerLabel(meta.settings());
  }

  private TenantMeta without(String tenant, TenantMeta meta, Slot slot) {
    return meta.withoutExample(
        meta.labelOf(slot.labelId()), slot.place(), rings.example(tenant, slot));
  }

  private TenantMeta displace(String tenant, TenantMeta meta, Slot slot) {
    Example example = rings.example(tenant, slot);
    store.removeExample(tenant, slot);
    store.removeSlotOf(tenant, example.eventId());
    return meta.withoutExample(meta.labelOf(slot.labelId()), slot.place(), example);
  }

  private static Optional<Rejection> reject(Reason reason, String message, Object... arguments) {
    return Optional.of(new Rejection(Stage.REMEMBER, reason, message.formatted(arguments)));
  }
}
