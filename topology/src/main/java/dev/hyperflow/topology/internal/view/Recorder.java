package dev.hyperflow.topology.internal.view;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.header.Headers;

/**
 * Remembers, in bounded memory, what the engines of this instance did. Thread-safe.
 *
 * <p>It also drops a tenant's heads from the cache of readers when the examples behind them go.
 */
public final class Recorder implements EngineObserver {
  static final int MAX_TENANTS = 2_000;
  private static final float LOAD_FACTOR = 0.75f;

  private final HeadCache heads;
  private final Timeline timeline = new Timeline();
  private final Map<String, LongAdder> deadLetters = new ConcurrentHashMap<>();
  private final Counters counters = new Counters();
  private final Map<String, TenantHistory> tenants =
      new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TenantHistory> eldest) {
          return size() > MAX_TENANTS;
        }
      };

  /** A recorder that remembers nothing yet. */
  public Recorder(HeadCache heads) {
    this.heads = heads;
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
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    deadLetters.computeIfAbsent(rejection.reason().name(), reason -> new LongAdder()).increment();
  }

  @Override
  public void output(Output output, Occasion occasion) {
    if (occasion.cause().isPresent()) {
      output(occasion.cause().get().event(), output, occasion.nowMillis());
    } else if (output instanceof Output.HeadAdapted adapted) {
      adapted(adapted, occasion.nowMillis());
    }
  }

  private void output(Event event, Output output, long nowMillis) {
    if (output instanceof Output.Answer) {
      counters.answers.increment();
      timeline.answer(Math.max(0, nowMillis - event.timestampMillis()), nowMillis);
    } else if (output instanceof Output.HeadAdapted adapted) {
      adapted(adapted, nowMillis);
    } else if (output instanceof Output.HeadWithdrawn) {
      heads.forget(event.tenant());
    } else if (output instanceof Output.Applied) {
      applied(event, nowMillis);
    } else if (output instanceof Output.ShadowAnswered shadow) {
      counters.shadowAnswers.increment();
      counters.shadowAgreements.add(shadow.agreed() ? 1 : 0);
    } else {
      quality(event, output, nowMillis);
    }
  }

  private void quality(Event event, Output output, long nowMillis) {
    if (output instanceof Output.Tested test) {
      of(event.tenant()).test(nowMillis, test.before(), test.after());
      if (test.shadow().isPresent()) {
        counters.shadowTests.increment();
        counters.rightServing.add(test.after() ? 1 : 0);
        counters.rightShadow.add(test.shadow().get() ? 1 : 0);
      }
    } else if (output instanceof Output.QualityReported quality
        && quality.report().driftDetected()) {
      of(event.tenant())
          .mark(nowMillis, TenantHistory.Kind.DRIFT, "drift " + quality.report().drifts());
    }
  }

  private void adapted(Output.HeadAdapted adapted, long nowMillis) {
    counters.integrations.increment();
    timeline.integration(nowMillis);
    long since = of(adapted.tenant()).adapted(nowMillis, adapted.head().bundleId());
    if (since > 0) {
      timeline.labelToHead(Math.max(0, nowMillis - since), nowMillis);
    }
  }

  private void applied(Event event, long nowMillis) {
    TenantHistory history = of(event.tenant());
    if (event instanceof Event.Add add) {
      history.labelled(add.timestampMillis());
      history.mark(nowMillis, TenantHistory.Kind.LABEL, add.label());
    } else if (event instanceof Event.Feedback feedback) {
      history.labelled(feedback.timestampMillis());
      history.mark(nowMillis, TenantHistory.Kind.LABEL, feedback.label());
    } else if (event instanceof Event.Describe describe) {
      history.mark(nowMillis, TenantHistory.Kind.LABEL, describe.label());
    } else if (event instanceof Event.Retract retract) {
      history.mark(nowMillis, TenantHistory.Kind.RETRACT, retract.eventId());
    } else if (event instanceof Event.ForgetLabel forget) {
      history.mark(nowMillis, TenantHistory.Kind.FORGET, forget.label());
    } else if (event instanceof Event.ForgetTenant) {
      history.forget();
    }
  }

  private TenantHistory of(String tenant) {
    synchronized (tenants) {
      return tenants.computeIfAbsent(tenant, name -> new TenantHistory());
    }
  }

  /** What happened to a tenant, if anything did lately. */
  public Optional<TenantHistory> history(String tenant) {
    synchronized (tenants) {
      return Optional.ofNullable(tenants.get(tenant));
    }
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

  /** Refused records by reason. */
  public Map<String, Long> deadLetters() {
    Map<String, Long> counts = new TreeMap<>();
    deadLetters.forEach((reason, count) -> counts.put(reason, count.sum()));
    return counts;
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
