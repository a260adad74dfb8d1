package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.feedback.RecentQueryStore;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.heap.InMemoryActivity;
import dev.hyperflow.engine.internal.heap.InMemoryRecentQueries;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.integrate.KeptHead;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.remember.TenantSnapshot;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Answers what the engine would answer, from a copy of a tenant's memory. Thread-safe as far as the
 * model is; nothing is written.
 */
public final class Rehearsal {
  // An engine of its own plays the events on the copy, so that every rule is the engine's: limits,
  // precision, rings, expiry, thresholds. What makes an answer of the stream depend on more than
  // the support set is left out: budgets, and heads that are behind in `latest` mode.

  private static final int ANY_REPORT = Integer.MAX_VALUE;

  /** A query is remembered, so that its features can be told. */
  private static final long ANY_WINDOW = 1;

  private final EngineSettings settings;
  private final AdaptationModel model;
  private final HeadCache heads;

  /**
   * A rehearsal with a model.
   *
   * @param settings the engine's
   * @param model must stay usable during calls
   * @param heads keeps integrated heads for the next call
   */
  public Rehearsal(EngineSettings settings, AdaptationModel model, HeadCache heads) {
    this.settings = settings;
    this.model = model;
    this.heads = heads;
  }

  /**
   * What came of the events.
   *
   * @param outputs as {@link Engine#process} gives them
   * @param support the support set after them
   * @param query the features of the last event, if it is a query that was answered
   */
  public record Outcome(
      List<Output> outputs, LabelledExamples support, Optional<FeatureVector> query) {

    /** The answer, or the refusal, to the event at {@code index}. */
    public Output.Settled of(int index) {
      return outputs.stream()
          .filter(output -> output.index() == index)
          .filter(Output.Settled.class::isInstance)
          .map(Output.Settled.class::cast)
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * Plays events of one tenant on a copy of its memory.
   *
   * @param snapshot whole
   * @param events of that tenant, in order
   * @param topK most labels in an answer; empty as configured
   */
  public Outcome play(
      String tenant, TenantSnapshot snapshot, List<Event> events, OptionalInt topK) {
    TenantStore copy = new InMemoryTenantStore();
    snapshot.putInto(copy, tenant);
    InMemoryActivity activity = new InMemoryActivity();
    InMemoryRecentQueries queries = new InMemoryRecentQueries();
    Engine engine =
        new Engine(
            quiet(topK),
            model,
            new EnginePorts(copy, new Heads(copy), queries, activity, activity, activity));
    List<Output> outputs = engine.process(events);
    LabelledExamples after =
        new SupportMemory(copy, settings.memory(), model.featureSpace()).examples(tenant);
    return new Outcome(outputs, after, featuresOfLast(events, queries));
  }

  private static Optional<FeatureVector> featuresOfLast(
      List<Event> events, RecentQueryStore queries) {
    if (events.isEmpty() || !(events.get(events.size() - 1) instanceof Event.Query last)) {
      return Optional.empty();
    }
    return queries
        .query(last.tenant(), NameRule.normal(last.queryId()))
        .map(RememberedQuery::features);
  }

  private EngineSettings quiet(OptionalInt topK) {
    QuerySettings query = settings.query();
    return new EngineSettings(
        settings.limits(),
        settings.memory(),
        new QuerySettings(query.consistency(), 0, ANY_WINDOW, query.headsPerTick()),
        new ScoreSettings(
            topK.orElse(settings.score().topK()),
            settings.score().abstainBelow(),
            settings.score().noneBelow()),
        settings.quality(),
        ANY_REPORT);
  }

  /** Finds heads by what the copy holds at the time. */
  private final class Heads implements HeadStore {
    private final TenantStore copy;

    Heads(TenantStore copy) {
      this.copy = copy;
    }

    @Override
    public Optional<KeptHead> get(String tenant, String bundleId) {
      return heads.find(tenant, bundleId, copy.meta(tenant).fingerprint()).map(KeptHead::new);
    }

    @Override
    public void put(String tenant, AdaptedHead head) {
      heads.put(tenant, head);
    }

    @Override
    public void remove(String tenant, String bundleId) {
      // What a rehearsal takes out, the tenant still has.
    }

    @Override
    public void retain(String tenant, Set<String> bundleIds) {
      // As above.
    }
  }
}
