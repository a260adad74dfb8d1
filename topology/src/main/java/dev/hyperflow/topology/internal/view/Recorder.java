package dev.hyperflow.topology.internal.view;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.heap.BoundedMap;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.Headers;

/**
 * Remembers, in bounded memory, what the engines of this instance did. Thread-safe.
 *
 * <p>It also drops a tenant's heads from the cache of readers when the examples behind them go.
 */
public final class Recorder implements EngineObserver {
  static final int MAX_TENANTS = 2_000;

  private final HeadCache heads;
  private final Timeline timeline = new Timeline();
  private final Map<String, LongAdder> deadLetters = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> ignored = new ConcurrentHashMap<>();
  private final Counters counters = new Counters();
  private final UnknownWords unknownWords = new UnknownWords();
  private final BoundedMap<String, TenantHistory> tenants = BoundedMap.ofEntries(MAX_TENANTS);

  private final Troubles troubles = new Troubles();
  private final LongSupplier wallClock;

  /**
   * A recorder that remembers nothing yet.
   *
   * @param wallClock gives milliseconds since the epoch
   */
  public Recorder(HeadCache heads, LongSupplier wallClock) {
    this.heads = heads;
    this.wallClock = wallClock;
  }

  private static final class Counters {
    final LongAdder events = new LongAdder();
    final LongAdder answers = new LongAdder();
    final LongAdder integrations = new LongAdder();
    final LongAdder shadowAnswers = new LongAdder();
    final LongAdder shadowAgreements = new LongAdder();
    final LongAdder shadowTests = new LongAdder();
    final LongAdder rightServing = new LongAdder();
    final LongAdder rightShadow = new LongAdder();
  }

  /**
   * Counts since the start.
   *
   * @param deadLetters refused records
   */
  public record Totals(long events, long answers, long integrations, long deadLetters) {}

  /**
   * A bundle in shadow beside the serving one, since the start.
   *
   * @param answers queries that both answered
   * @param agreed on how many they agreed
   * @param tests labels that both were tested with
   * @param rightServing how often the serving one was right
   * @param rightShadow how often the one in shadow was
   */
  public record Shadow(
      long answers, long agreed, long tests, long rightServing, long rightShadow) {}

  @Override
  public BatchEnd batch(
      String task, List<SourceRecord> records, long queueWaitMillis, long nowMillis) {
    counters.events.add(records.size());
    timeline.batch(records.size(), queueWaitMillis, nowMillis);
    return BatchEnd.UNHEARD;
  }

  @Override
  public void foreign(SourceRecord record) {
    troubles.foreign(record, wallClock.getAsLong());
  }

  @Override
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    deadLetters.computeIfAbsent(rejection.reason().name(), reason -> new LongAdder()).increment();
    troubles.refused(record, rejection, wallClock.getAsLong());
  }

  @Override
  public void output(Output output, Occasion occasion) {
    output.handle(new Recording(occasion));
  }

  private final class Recording implements Output.Handler {
    private final Occasion occasion;
    private final long nowMillis;

    Recording(Occasion occasion) {
      this.occasion = occasion;
      this.nowMillis = occasion.nowMillis();
    }

    /** The event that the output belongs to. */
    private Event event() {
      return occasion.cause().orElseThrow().event();
    }

    @Override
    public void answer(Output.Answer answer) {
      counters.answers.increment();
      timeline.answer(Math.max(0, nowMillis - event().timestampMillis()), nowMillis);
      if (answer.verdict().status() == AnswerStatus.NO_LABELS) {
        troubles.askedWithoutLabels(event().tenant(), nowMillis);
      }
    }

    @Override
    public void applied(Output.Applied applied) {
      event().handle(new Marking(of(event().tenant()), troubles, nowMillis));
    }

    @Override
    public void ignored(Output.Ignored nothingNew) {
      ignored.computeIfAbsent(nothingNew.reason().name(), reason -> new LongAdder()).increment();
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      // Counted when its dead letter goes out.
    }

    @Override
    public void headAdapted(Output.HeadAdapted adapted) {
      counters.integrations.increment();
      timeline.integration(nowMillis);
      long since = of(adapted.tenant()).adapted(nowMillis, adapted.head().bundleId());
      if (since > 0) {
        timeline.labelToHead(Math.max(0, nowMillis - since), nowMillis);
      }
    }

    @Override
    public void headWithdrawn(Output.HeadWithdrawn withdrawn) {
      heads.forget(event().tenant());
    }

    @Override
    public void tested(Output.Tested tested) {
      of(event().tenant()).test(nowMillis, tested.before(), tested.after());
      if (tested.shadow().isPresent()) {
        counters.shadowTests.increment();
        counters.rightServing.add(tested.after() ? 1 : 0);
        counters.rightShadow.add(tested.shadow().get() ? 1 : 0);
      }
    }

    @Override
    public void qualityReported(Output.QualityReported reported) {
      if (reported.report().driftDetected()) {
        troubles.drifted(event().tenant(), nowMillis);
        of(event().tenant())
            .mark(nowMillis, TenantHistory.Kind.DRIFT, "drift " + reported.report().drifts());
      }
    }

    @Override
    public void shadowAnswered(Output.ShadowAnswered answered) {
      counters.shadowAnswers.increment();
      counters.shadowAgreements.add(answered.agreed() ? 1 : 0);
    }

    @Override
    public void textRead(Output.TextRead read) {
      unknownWords.read(event().tenant(), read);
    }

    @Override
    public void feedbackMet(Output.FeedbackMet met) {
      if (met.why().isEmpty()) {
        met.feedback().handle(new Marking(of(event().tenant()), troubles, nowMillis));
      }
    }

    @Override
    public void backgroundFailed(Output.BackgroundFailed failed) {
      // Changed nothing.
    }
  }

  /** Marks in a tenant's history what an event changed. */
  private static final class Marking implements Event.Handler {
    private final TenantHistory history;
    private final Troubles troubles;
    private final long nowMillis;

    Marking(TenantHistory history, Troubles troubles, long nowMillis) {
      this.history = history;
      this.troubles = troubles;
      this.nowMillis = nowMillis;
    }

    @Override
    public void add(Event.Add add) {
      history.labelled(add.timestampMillis());
      history.mark(nowMillis, TenantHistory.Kind.LABEL, add.label());
      troubles.labelled(add.tenant());
    }

    @Override
    public void describe(Event.Describe describe) {
      history.mark(nowMillis, TenantHistory.Kind.LABEL, describe.label());
      troubles.labelled(describe.tenant());
    }

    @Override
    public void feedback(Event.Feedback feedback) {
      history.labelled(feedback.timestampMillis());
      history.mark(nowMillis, TenantHistory.Kind.LABEL, feedback.label());
      troubles.labelled(feedback.tenant());
    }

    @Override
    public void retract(Event.Retract retract) {
      history.mark(nowMillis, TenantHistory.Kind.RETRACT, retract.eventId());
    }

    @Override
    public void forgetLabel(Event.ForgetLabel forget) {
      history.mark(nowMillis, TenantHistory.Kind.FORGET, forget.label());
    }

    @Override
    public void renameLabel(Event.RenameLabel rename) {
      history.mark(nowMillis, TenantHistory.Kind.LABEL, rename.targetLabel());
    }

    @Override
    public void mergeLabels(Event.MergeLabels merge) {
      history.mark(nowMillis, TenantHistory.Kind.LABEL, merge.targetLabel());
    }

    @Override
    public void forgetTenant(Event.ForgetTenant forget) {
      history.forget();
      troubles.forget(forget.tenant());
    }

    @Override
    public void configure(Event.Configure configure) {
      // Not shown.
    }

    @Override
    public void query(Event.Query query) {
      // Changes nothing.
    }
  }

  private TenantHistory of(String tenant) {
    return tenants.findOrMake(tenant, name -> new TenantHistory());
  }

  /** What happened to a tenant, if anything did lately. */
  public Optional<TenantHistory> history(String tenant) {
    return tenants.find(tenant);
  }

  /** What happened when. */
  public Timeline timeline() {
    return timeline;
  }

  /** Counts since the start. */
  public Totals totals() {
    return new Totals(
        counters.events.sum(),
        counters.answers.sum(),
        counters.integrations.sum(),
        deadLetters().values().stream().mapToLong(Long::longValue).sum());
  }

  /** What went wrong for whom. */
  public Troubles troubles() {
    return troubles;
  }

  /** Refused records by reason. */
  public Map<String, Long> deadLetters() {
    return sums(deadLetters);
  }

  /** Ignored events by reason. */
  public Map<String, Long> ignored() {
    return sums(ignored);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((reason, count) -> sums.put(reason, count.sum()));
    return sums;
  }

  /** How a bundle in shadow does. */
  public Shadow shadow() {
    return new Shadow(
        counters.shadowAnswers.sum(),
        counters.shadowAgreements.sum(),
        counters.shadowTests.sum(),
        counters.rightServing.sum(),
        counters.rightShadow.sum());
  }
}
