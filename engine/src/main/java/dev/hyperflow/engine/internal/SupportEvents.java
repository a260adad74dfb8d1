package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.early.EarlyKeeper;
import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.feedback.GivenLabel;
import dev.hyperflow.engine.internal.feedback.RecentQueries;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.integrate.HeadReference;
import dev.hyperflow.engine.internal.integrate.Integrated;
import dev.hyperflow.engine.internal.integrate.StaleTenants;
import dev.hyperflow.engine.internal.quality.QualityKeeper;
import dev.hyperflow.engine.internal.remember.MemoryChange;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.models.internal.TextRole;
import java.util.Optional;
import java.util.function.Function;

/** Applies support events to tenants' memories. For one thread. */
final class SupportEvents {
  private static final Rejection NO_FEEDBACK =
      new Rejection(
          Stage.REMEMBER,
          Reason.UNSUPPORTED_OPERATION,
          "operation: expected no FEEDBACK while feedback.window.ms is 0, found one");

  private static final MemoryChange NO_QUERY = new MemoryChange.Unchanged(Reason.UNKNOWN_QUERY);

  private final QuerySettings settings;
  private final SupportMemory memory;
  private final Lanes lanes;
  private final RecentQueries recent;
  private final EarlyKeeper early;
  private final QualityKeeper quality;
  private final StaleTenants stale;

  /**
   * What is remembered of tenants.
   *
   * @param memory their support sets
   * @param recent queries whose label may still come
   * @param early events that came before what they are about
   */
  record Memories(SupportMemory memory, RecentQueries recent, EarlyKeeper early) {}

  SupportEvents(
      QuerySettings settings,
      Memories memories,
      Lanes lanes,
      QualityKeeper quality,
      StaleTenants stale) {
    this.settings = settings;
    this.memory = memories.memory();
    this.recent = memories.recent();
    this.early = memories.early();
    this.lanes = lanes;
    this.quality = quality;
    this.stale = stale;
  }

  /** The heads of a tenant as they are before an event, for the test that precedes the training. */
  private record Heads(
      String bundleId, Optional<HeadReference> served, Optional<HeadReference> shadow) {}

  /** A labelled example: the last head is tested with it before it becomes part of the next. */
  void add(int index, Event.Add add, FeatureVector features, Turn turn) {
    if (isRetracted(add)) {
      turn.out(new Output.Ignored(index, Reason.RETRACTED));
      return;
    }
    Heads before = heads(add.tenant());
    MemoryChange change = memory.add(add, features);
    if (change instanceof MemoryChange.Changed changed && changed.novel()) {
      turn.whenIntegrated(() -> test(index, add, features, before, turn));
    }
    conclude(index, add, change, turn);
  }

  void describe(int index, Event.Describe describe, FeatureVector features, Turn turn) {
    if (isRetracted(describe)) {
      turn.out(new Output.Ignored(index, Reason.RETRACTED));
    } else {
      conclude(index, describe, memory.describe(describe, features), turn);
    }
  }

  private boolean isRetracted(Event.Labelled event) {
    return early.isRetracted(event, time(event));
  }

  private long time(Event event) {
    return memory.meta(event.tenant()).timeAt(event.timestampMillis());
  }

  /** The true label of a query: its answer is judged, then its features become an example. */
  void feedback(int index, Event.Feedback feedback, Turn turn) {
    if (settings.feedbackWindowMillis() == 0) {
      turn.out(new Output.Rejected(index, NO_FEEDBACK));
      return;
    }
    MemoryChange change = learn(index, feedback, turn);
    if (change.equals(NO_QUERY)) {
      early.keep(feedback, time(feedback));
    }
    conclude(index, feedback, change, turn);
  }

  /** Whether feedback can take effect with its query: it is remembered, and not too old. */
  boolean isKnown(Event.Feedback feedback) {
    return settings.feedbackWindowMillis() > 0
        && recent
            .find(feedback.tenant(), feedback.queryId())
            .filter(query -> !recent.isTooOld(query, time(feedback)))
            .flatMap(query -> lanes.of(feedback.tenant()).features(query, TextRole.EXAMPLE))
            .isPresent();
  }

  /** The labels that came before a query take effect once it is asked. */
  void meetFeedback(int index, Event.Query query, Turn turn) {
    for (Event.Feedback feedback : early.take(query, time(query))) {
      MemoryChange change = learn(index, feedback, turn);
      took(index, feedback, change, turn);
      turn.out(new Output.FeedbackMet(index, feedback, reason(change)));
    }
  }

  private static Optional<Reason> reason(MemoryChange change) {
    if (change instanceof MemoryChange.Refused refused) {
      return Optional.of(refused.rejection().reason());
    }
    return change instanceof MemoryChange.Unchanged unchanged
        ? Optional.of(unchanged.reason())
        : Optional.empty();
  }

  private MemoryChange learn(int index, Event.Feedback feedback, Turn turn) {
    String tenant = feedback.tenant();
    if (isRetracted(feedback)) {
      return new MemoryChange.Unchanged(Reason.RETRACTED);
    }
    Optional<RememberedQuery> query = recent.find(tenant, feedback.queryId());
    if (query.isEmpty()) {
      return NO_QUERY;
    }
    if (recent.isTooOld(query.get(), time(feedback))) {
      return new MemoryChange.Unchanged(Reason.LATE_FEEDBACK);
    }
    Optional<FeatureVector> features = lanes.of(tenant).features(query.get(), TextRole.EXAMPLE);
    if (features.isEmpty()) {
      return new MemoryChange.Unchanged(Reason.QUERY_WITHOUT_TEXT);
    }
    Heads before = heads(tenant);
    MemoryChange change = memory.add(feedback, features.get(), query.get().text());
    if (!(change instanceof MemoryChange.Refused)) {
      boolean novel = change instanceof MemoryChange.Changed changed && changed.novel();
      turn.whenIntegrated(() -> label(index, feedback, novel, before, turn));
    }
    return change;
  }

  void retract(int index, Event.Retract retract, Turn turn) {
    MemoryChange change =
        memory.retract(retract.tenant(), retract.eventId(), retract.timestampMillis());
    turn.whenIntegrated(() -> recent.retracted(retract.tenant(), retract.eventId()));
    if (change instanceof MemoryChange.Unchanged) {
      early.keep(retract, time(retract));
    }
    conclude(index, retract, change, turn);
  }

  void forgetLabel(int index, Event.ForgetLabel forget, Turn turn) {
    String tenant = forget.tenant();
    String label = memory.labelNamed(tenant, forget.label());
    MemoryChange change = memory.forgetLabel(tenant, label, forget.timestampMillis());
    boolean waited = early.forgetLabel(tenant, label, time(forget));
    conclude(index, forget, withWaiting(change, waited, forget), turn);
  }

  /** A label gets another name; nothing may wait for its answer then. */
  void renameLabel(int index, Event.RenameLabel rename, Turn turn) {
    String tenant = rename.tenant();
    String label = memory.labelNamed(tenant, rename.label());
    MemoryChange change =
        memory.renameLabel(tenant, label, rename.targetLabel(), rename.timestampMillis());
    boolean waited = relabel(change, rename, label, rename.targetLabel());
    conclude(index, rename, withWaiting(change, waited, rename), turn);
  }

  /** Two labels become one; nothing may wait for its answer then. */
  void mergeLabels(int index, Event.MergeLabels merge, Turn turn) {
    String tenant = merge.tenant();
    String label = memory.labelNamed(tenant, merge.label());
    MemoryChange change =
        memory.mergeLabels(tenant, label, merge.targetLabel(), merge.timestampMillis());
    boolean waited = relabel(change, merge, label, merge.targetLabel());
    conclude(index, merge, withWaiting(change, waited, merge), turn);
  }

  /**
   * Feedback that names the new label agrees with an answer that named the old one.
   *
   * @return whether feedback that waits for its query had the label
   */
  private boolean relabel(MemoryChange change, Event event, String label, String target) {
    String tenant = event.tenant();
    if (change instanceof MemoryChange.Changed) {
      recent.relabel(tenant, label, target);
    }
    return !(change instanceof MemoryChange.Refused)
        && early.relabel(tenant, label, target, time(event));
  }

  /** The event also counts if only feedback that waits for its query has the label. */
  private MemoryChange withWaiting(MemoryChange change, boolean waited, Event event) {
    return waited && change instanceof MemoryChange.Unchanged
        ? memory.changedWaiting(event.tenant(), event.timestampMillis())
        : change;
  }

  void configure(int index, Event.Configure configure, Turn turn) {
    MemoryChange change =
        memory.configure(configure.tenant(), configure.settings(), configure.timestampMillis());
    conclude(index, configure, change, turn);
  }

  void forgetTenant(int index, Event.ForgetTenant forget, Turn turn) {
    recent.forget(forget.tenant());
    quality.forget(forget.tenant());
    stale.settled(forget.tenant());
    conclude(index, forget, memory.forgetTenant(forget.tenant()), turn);
  }

  /** A removal takes effect at once in all that was made from what is removed. */
  private void conclude(int index, Event.Support event, MemoryChange change, Turn turn) {
    if (change instanceof MemoryChange.Refused refused) {
      turn.out(new Output.Rejected(index, refused.rejection()));
    } else if (change instanceof MemoryChange.Unchanged unchanged) {
      turn.out(new Output.Ignored(index, unchanged.reason()));
    } else {
      took(index, event, change, turn);
      turn.out(new Output.Applied(index));
    }
  }

  private void took(int index, Event.Support event, MemoryChange change, Turn turn) {
    if (change instanceof MemoryChange.Changed changed) {
      if (changed.removal()) {
        withdraw(index, event.tenant(), turn);
      }
      markStale(event.tenant());
    }
  }

  /** Takes out what is past its time at an event, before the event takes effect. */
  void expire(int index, Event event, Turn turn) {
    if (memory.expire(event.tenant(), event.timestampMillis())) {
      withdraw(index, event.tenant(), turn);
      markStale(event.tenant());
    }
  }

  private void withdraw(int index, String tenant, Turn turn) {
    lanes.forget(tenant);
    turn.out(new Output.HeadWithdrawn(index));
  }

  /** In {@code latest}, heads are integrated in the background; in {@code fresh}, for a query. */
  private void markStale(String tenant) {
    TenantMeta meta = memory.meta(tenant);
    if (meta.examples() > 0
        && meta.settings().consistency().orElse(settings.consistency()) == Consistency.LATEST) {
      stale.changed(tenant);
    }
  }

  private Heads heads(String tenant) {
    Lane lane = lanes.of(tenant);
    return new Heads(
        lane.model().bundleId(),
        lane.heads().last(tenant),
        lanes.shadow().flatMap(shadow -> shadow.heads().last(tenant)));
  }

  private void test(int index, Event.Add add, FeatureVector features, Heads heads, Turn turn) {
    done(heads.served())
        .ifPresent(
            head ->
                observed(
                    index,
                    add,
                    head.labels()
                        .get(head.initial().argmax(features.toArray()))
                        .equals(add.label()),
                    label(head, features).equals(add.label()),
                    heads,
                    shadowed(
                            heads,
                            lane ->
                                lane.features(
                                    features,
                                    lanes.serving(),
                                    add.payload().source(),
                                    TextRole.EXAMPLE))
                        .map(add.label()::equals),
                    turn));
  }

  /** The answer is judged by the first label alone. */
  private void label(int index, Event.Feedback feedback, boolean novel, Heads heads, Turn turn) {
    RememberedQuery query = recent.settled(feedback.tenant(), feedback.queryId()).orElseThrow();
    if (novel && !query.measured()) {
      judge(index, feedback, query, heads, turn);
    }
    recent.labelled(
        feedback.tenant(),
        feedback.queryId(),
        new GivenLabel(feedback.label(), feedback.eventId()),
        novel);
  }

  private void judge(
      int index, Event.Feedback feedback, RememberedQuery query, Heads heads, Turn turn) {
    query
        .label()
        .ifPresent(
            label ->
                observed(
                    index,
                    feedback,
                    query.initialLabel().filter(feedback.label()::equals).isPresent(),
                    label.equals(feedback.label()),
                    heads,
                    shadowed(heads, lane -> lane.features(query, TextRole.QUERY))
                        .map(feedback.label()::equals),
                    turn));
  }

  private void observed(
      int index,
      Event event,
      boolean before,
      boolean after,
      Heads heads,
      Optional<Boolean> shadow,
      Turn turn) {
    turn.out(new Output.Tested(index, before, after, shadow));
    quality
        .observe(event, heads.bundleId(), before, after)
        .ifPresent(report -> turn.out(new Output.QualityReported(index, report)));
  }

  private static Optional<AdaptedHead> done(Optional<HeadReference> reference) {
    return reference
        .map(HeadReference::resolve)
        .filter(Integrated.Done.class::isInstance)
        .map(outcome -> ((Integrated.Done) outcome).head());
  }

  /** The label that the head in shadow gives; it may have another encoder. */
  private Optional<String> shadowed(
      Heads heads, Function<Lane, Optional<FeatureVector>> featuresFor) {
    return done(heads.shadow())
        .flatMap(head -> lanes.shadow().flatMap(featuresFor).map(own -> label(head, own)));
  }

  private static String label(AdaptedHead head, FeatureVector features) {
    return head.labels().get(head.adapted().argmax(features.toArray()));
  }
}
