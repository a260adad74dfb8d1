package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.feedback.GivenAnswer;
import dev.hyperflow.engine.internal.feedback.RecentQueries;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.integrate.BundleHeads;
import dev.hyperflow.engine.internal.integrate.HeadReference;
import dev.hyperflow.engine.internal.integrate.Integrated;
import dev.hyperflow.engine.internal.integrate.RateLimiter;
import dev.hyperflow.engine.internal.integrate.StaleTenants;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantMeta;
import dev.hyperflow.engine.internal.score.Score;
import dev.hyperflow.models.internal.TextRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers queries. For one thread. */
final class Queries {
  // A query is taken in two steps: at its place among the events the head is found or planned from
  // the support set as it is then; the answer is given when what is planned is integrated.

  private final QuerySettings settings;
  private final SupportMemory memory;
  private final Lanes lanes;
  private final RecentQueries recent;
  private final RateLimiter limiter;
  private final StaleTenants stale;

  Queries(
      QuerySettings settings,
      SupportMemory memory,
      Lanes lanes,
      RecentQueries recent,
      RateLimiter limiter,
      StaleTenants stale) {
    this.settings = settings;
    this.memory = memory;
    this.lanes = lanes;
    this.recent = recent;
    this.limiter = limiter;
    this.stale = stale;
  }

  /** A query at its place among the events. */
  private record Asked(
      int index, Event.Query query, FeatureVector features, TenantMeta meta, Lane lane) {}

  /** The head that is to answer, and whether it is older than the support set, and why. */
  private record Chosen(HeadReference head, boolean current, boolean limited) {}

  /** Whether the tenant's queries are answered by what is there: no head has to be integrated. */
  boolean isReady(String tenant) {
    return lanes.shadow().isEmpty()
        && lanes.of(tenant).heads().current(tenant, memory.meta(tenant)).isPresent();
  }

  /** Takes a query. */
  void ask(int index, Event.Query query, FeatureVector features, Turn turn) {
    String tenant = query.tenant();
    TenantMeta meta = memory.meta(tenant);
    Lane lane = lanes.of(tenant);
    Optional<Rejection> foreign = SupportMemory.foreignSpace(meta, lane.space());
    if (foreign.isPresent()) {
      turn.out(new Output.Rejected(index, foreign.get()));
      return;
    }
    if (meta.dimension() != 0 && meta.dimension() != features.dimension()) {
      turn.out(new Output.Rejected(index, wrongDimension(meta, features)));
      return;
    }
    Asked asked = new Asked(index, query, features, meta, lane);
    recent.asked(tenant, query.queryId(), remembered(asked, Optional.empty()));
    if (meta.examples() == 0) {
      Output.Answer answer = unlabelled(asked);
      turn.out(answer);
      turn.whenIntegrated(() -> settle(asked, Optional.of(answer)));
      return;
    }
    Chosen chosen = choose(asked);
    Optional<Chosen> shadow = lanes.shadow().map(other -> current(asked, other.heads()));
    turn.whenIntegrated(() -> answer(asked, chosen, shadow, turn));
  }

  private Chosen choose(Asked asked) {
    String tenant = asked.query().tenant();
    BundleHeads heads = asked.lane().heads();
    Optional<HeadReference> current = heads.current(tenant, asked.meta());
    if (current.isPresent()) {
      return new Chosen(current.get(), true, false);
    }
    Optional<HeadReference> last = heads.last(tenant);
    if (last.isPresent() && consistency(asked.meta()) == Consistency.LATEST) {
      stale.answered(tenant);
      return new Chosen(last.get(), false, false);
    }
    long time = asked.meta().timeAt(asked.query().timestampMillis());
    if (last.isPresent() && !limiter.allows(tenant, time)) {
      return new Chosen(last.get(), false, true);
    }
    limiter.spend(tenant, time);
    return new Chosen(heads.plan(asked.index(), tenant), true, false);
  }

  private Chosen current(Asked asked, BundleHeads heads) {
    String tenant = asked.query().tenant();
    return new Chosen(
        heads.current(tenant, asked.meta()).orElseGet(() -> heads.plan(asked.index(), tenant)),
        true,
        false);
  }

  private Consistency consistency(TenantMeta meta) {
    return meta.settings().consistency().orElse(settings.consistency());
  }

  private void answer(Asked asked, Chosen chosen, Optional<Chosen> shadow, Turn turn) {
    Integrated outcome = chosen.head().resolve();
    if (outcome instanceof Integrated.Failed failed) {
      settle(asked, Optional.empty());
      turn.out(new Output.Rejected(asked.index(), failed.rejection()));
      return;
    }
    AdaptedHead head = ((Integrated.Done) outcome).head();
    Optional<Score> score =
        asked.lane().scorer().score(head, asked.features(), asked.meta().settings().abstainBelow());
    if (score.isEmpty()) {
      settle(asked, Optional.empty());
      turn.out(new Output.Rejected(asked.index(), notFinite()));
      return;
    }
    Output.Answer answer = answered(asked, chosen, head, score.get());
    settle(asked, Optional.of(answer));
    turn.out(answer);
    shadow.ifPresent(other -> compare(asked, score.get(), other, turn));
  }

  private void compare(Asked asked, Score served, Chosen shadow, Turn turn) {
    boolean agreed =
        shadow.head().resolve() instanceof Integrated.Done done
            && lanes
                .shadow()
                .flatMap(lane -> score(lane, done.head(), asked))
                .filter(score -> score.label().equals(served.label()))
                .isPresent();
    turn.out(new Output.ShadowAnswered(asked.index(), agreed));
  }

  private static Optional<Score> score(Lane lane, AdaptedHead head, Asked asked) {
    return lane.features(
            asked.features(), asked.lane(), asked.query().payload().source(), TextRole.QUERY)
        .flatMap(features -> lane.scorer().score(head, features, Optional.empty()));
  }

  private void settle(Asked asked, Optional<Output.Answer> answer) {
    recent.settled(asked.query().tenant(), asked.query().queryId(), remembered(asked, answer));
  }

  private RememberedQuery remembered(Asked asked, Optional<Output.Answer> answer) {
    return new RememberedQuery(
        asked.query().timestampMillis(),
        asked.features(),
        asked.lane().space(),
        memory.kept(asked.query().payload().source()),
        answer.map(Output.Answer::verdict).map(GivenAnswer::of));
  }

  private static Output.Answer answered(Asked asked, Chosen chosen, AdaptedHead head, Score score) {
    return new Output.Answer(
        asked.index(),
        asked.query().queryId(),
        asked.lane().model().bundleId(),
        new Output.Verdict(
            status(asked, chosen, head, score),
            score.topLabels(),
            score.abstained(),
            Optional.of(score.initialLabel()),
            score.scope()),
        new Output.SupportSummary(
            head.fingerprint(),
            head.examples(),
            head.labels().size(),
            chosen.current() ? OptionalLong.of(asked.meta().events()) : OptionalLong.empty()));
  }

  private static AnswerStatus status(Asked asked, Chosen chosen, AdaptedHead head, Score score) {
    if (score.noneOfThese()) {
      return AnswerStatus.NONE_OF_THESE;
    }
    if (chosen.limited()) {
      return AnswerStatus.RATE_LIMITED;
    }
    return head.labels().size() == 1 || asked.meta().describedOnly()
        ? AnswerStatus.COLD_START
        : AnswerStatus.PERSONALISED;
  }

  private static Output.Answer unlabelled(Asked asked) {
    TenantMeta meta = asked.meta();
    return new Output.Answer(
        asked.index(),
        asked.query().queryId(),
        asked.lane().model().bundleId(),
        new Output.Verdict(
            AnswerStatus.NO_LABELS, List.of(), true, Optional.empty(), Optional.empty()),
        new Output.SupportSummary(meta.fingerprint(), 0, 0, OptionalLong.of(meta.events())));
  }

  private static Rejection wrongDimension(TenantMeta meta, FeatureVector features) {
    return new Rejection(
        Stage.SCORE,
        Reason.WRONG_DIMENSION,
        "payload: expected %d features like the tenant's examples, found %d"
            .formatted(meta.dimension(), features.dimension()));
  }

  private static Rejection notFinite() {
    return new Rejection(
        Stage.SCORE,
        Reason.SCORE_NOT_FINITE,
        "payload: expected finite logits, found an overflow; the features are too large");
  }
}
