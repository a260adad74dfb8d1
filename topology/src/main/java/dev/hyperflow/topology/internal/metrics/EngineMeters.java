package dev.hyperflow.topology.internal.metrics;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.observe.TaskProgress;
import dev.hyperflow.topology.internal.source.SourceRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;

/** Counts and times what engines do. Safe for use by many threads. */
final class EngineMeters implements EngineObserver {
  // Counters that every instance has exist from the start: an alert on the rate of a counter that
  // does not exist stays silent. The counters of dead letters and of tasks come with their first
  // record. Stages times reasons would be many lines that stay empty.

  private final Meters meters;
  private final TenantMeters tenants;
  private final LabelClock labels;
  private final TaskProgress tasks = new TaskProgress();
  private final Map<String, Counter> batches = new ConcurrentHashMap<>();
  private final Map<AnswerStatus, Counter> answers = new EnumMap<>(AnswerStatus.class);
  private final Map<Reason, Counter> ignored = new EnumMap<>(Reason.class);
  private final Map<Count, Counter> counts = new EnumMap<>(Count.class);
  private final Timer latency;
  private final DistributionSummary batchSize;
  private final Timer batchWait;
  private final Timer batchCompute;

  private enum Count {
    SUPPORT(MeterCatalogue.EVENTS, "support"),
    QUERIES(MeterCatalogue.EVENTS, "query"),
    RECORDS(MeterCatalogue.RECORDS),
    APPLIED(MeterCatalogue.EVENTS_APPLIED),
    ABSTAINED(MeterCatalogue.ANSWERS_ABSTAINED),
    INTEGRATED(MeterCatalogue.INTEGRATIONS),
    SAFEGUARDED(MeterCatalogue.INTEGRATIONS_SAFEGUARDED),
    BACKGROUND_FAILED(MeterCatalogue.INTEGRATIONS_FAILED),
    KNOWN(MeterCatalogue.TOKENS, "true"),
    UNKNOWN(MeterCatalogue.TOKENS, "false"),
    CUT_BY_LIMIT(MeterCatalogue.TEXTS_CUT, "limit"),
    CUT_BY_ENCODER(MeterCatalogue.TEXTS_CUT, "encoder"),
    FEEDBACK_MET(MeterCatalogue.FEEDBACK_MET),
    HEALED(MeterCatalogue.HEALED_TENANTS),
    TESTED(MeterCatalogue.TESTED),
    RIGHT_INITIAL(MeterCatalogue.RIGHT, "initial"),
    RIGHT_ADAPTED(MeterCatalogue.RIGHT, "adapted"),
    RIGHT_SHADOW(MeterCatalogue.RIGHT, "shadow"),
    DRIFTS(MeterCatalogue.DRIFTS),
    AGREED(MeterCatalogue.SHADOW_ANSWERS, "true"),
    DISAGREED(MeterCatalogue.SHADOW_ANSWERS, "false");

    private final MeterCatalogue entry;
    private final String tag;

    Count(MeterCatalogue entry) {
      this(entry, "");
    }

    Count(MeterCatalogue entry, String tag) {
      this.entry = entry;
      this.tag = tag;
    }

    private Counter meter(Meters meters) {
      return tag.isEmpty() ? meters.counter(entry) : meters.counter(entry, tag);
    }
  }

  EngineMeters(Meters meters, TenantMeters tenants) {
    this.meters = meters;
    this.tenants = tenants;
    this.labels = new LabelClock(meters.timer(MeterCatalogue.LABEL_TO_HEAD));
    for (AnswerStatus status : AnswerStatus.values()) {
      answers.put(status, meters.counter(MeterCatalogue.ANSWERS, status.name()));
    }
    for (Reason reason : Reason.values()) {
      if (reason.fate() == Reason.Fate.IGNORED) {
        ignored.put(reason, meters.counter(MeterCatalogue.EVENTS_IGNORED, reason.name()));
      }
    }
    for (Count count : Count.values()) {
      counts.put(count, count.meter(meters));
    }
    this.latency = meters.timer(MeterCatalogue.ANSWER_LATENCY);
    this.batchSize = meters.summary(MeterCatalogue.BATCH_SIZE);
    this.batchWait = meters.timer(MeterCatalogue.BATCH_WAIT);
    this.batchCompute = meters.timer(MeterCatalogue.BATCH_COMPUTE);
    meters.gauge(MeterCatalogue.TASKS, tasks::tasks);
    meters.gauge(MeterCatalogue.STALE_TENANTS, tasks::staleTenants);
    meters.gauge(MeterCatalogue.SWEEPS, tasks::sweeps);
    meters.gauge(MeterCatalogue.SWEPT_TENANTS, tasks::sweptTenants);
  }

  @Override
  public void received(SourceRecord record, Headers headers) {
    count(Count.RECORDS);
  }

  @Override
  public void foreign(SourceRecord record) {
    meters.counter(MeterCatalogue.RECORDS_FOREIGN, record.topic()).increment();
  }

  @Override
  public void skipped(SourceRecord record) {
    ignored.get(Reason.SKIPPED).increment();
  }

  @Override
  public void repartitioned(SourceRecord record) {
    meters.counter(MeterCatalogue.RECORDS_REPARTITIONED, record.topic()).increment();
  }

  @Override
  public BatchEnd batch(
      String task, List<SourceRecord> records, long queueWaitMillis, long nowMillis) {
    batches.computeIfAbsent(task, name -> meters.counter(MeterCatalogue.BATCHES, name)).increment();
    batchSize.record(records.size());
    batchWait.record(queueWaitMillis, TimeUnit.MILLISECONDS);
    long started = meters.now();
    return () -> batchCompute.record(meters.now() - started, TimeUnit.NANOSECONDS);
  }

  @Override
  public void output(Output output, Occasion occasion) {
    output.handle(new Counting(occasion));
  }

  private final class Counting implements Output.Handler {
    private final Occasion occasion;

    Counting(Occasion occasion) {
      this.occasion = occasion;
    }

    @Override
    public void answer(Output.Answer answer) {
      answered(answer.verdict(), occasion);
      took(Count.QUERIES, occasion);
    }

    @Override
    public void applied(Output.Applied applied) {
      took(Count.SUPPORT, occasion);
      count(Count.APPLIED);
      occasion
          .cause()
          .ifPresent(cause -> labels.applied(cause.event(), cause.source().timestampMillis()));
    }

    @Override
    public void ignored(Output.Ignored nothingNew) {
      took(Count.SUPPORT, occasion);
      ignored.get(nothingNew.reason()).increment();
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      boolean isQuery =
          occasion.cause().filter(cause -> cause.event() instanceof Event.Query).isPresent();
      took(isQuery ? Count.QUERIES : Count.SUPPORT, occasion);
    }

    @Override
    public void headAdapted(Output.HeadAdapted adapted) {
      count(Count.INTEGRATED);
      countIf(adapted.safeguarded(), Count.SAFEGUARDED);
      labels.adapted(adapted.tenant(), occasion.nowMillis());
    }

    @Override
    public void headWithdrawn(Output.HeadWithdrawn withdrawn) {
      // Counted as the event that withdrew it.
    }

    @Override
    public void tested(Output.Tested tested) {
      count(Count.TESTED);
      countIf(tested.before(), Count.RIGHT_INITIAL);
      countIf(tested.after(), Count.RIGHT_ADAPTED);
      countIf(tested.shadow().orElse(false), Count.RIGHT_SHADOW);
    }

    @Override
    public void qualityReported(Output.QualityReported reported) {
      countIf(reported.report().driftDetected(), Count.DRIFTS);
      tenants.report(reported.report());
    }

    @Override
    public void shadowAnswered(Output.ShadowAnswered answered) {
      count(answered.agreed() ? Count.AGREED : Count.DISAGREED);
    }

    @Override
    public void textRead(Output.TextRead read) {
      counts.get(Count.KNOWN).increment(read.known());
      counts.get(Count.UNKNOWN).increment(read.unknown());
      countIf(read.cut() == Output.TextRead.Cut.LIMIT, Count.CUT_BY_LIMIT);
      countIf(read.cut() == Output.TextRead.Cut.ENCODER, Count.CUT_BY_ENCODER);
    }

    @Override
    public void feedbackMet(Output.FeedbackMet met) {
      countIf(met.why().isEmpty(), Count.FEEDBACK_MET);
    }

    @Override
    public void backgroundFailed(Output.BackgroundFailed failed) {
      count(Count.BACKGROUND_FAILED);
    }
  }

  private void answered(Output.Verdict verdict, Occasion occasion) {
    answers.get(verdict.status()).increment();
    countIf(verdict.abstained(), Count.ABSTAINED);
    occasion
        .cause()
        .ifPresent(
            cause ->
                latency.record(
                    Math.max(0, occasion.nowMillis() - cause.source().timestampMillis()),
                    TimeUnit.MILLISECONDS));
  }

  private void took(Count kind, Occasion occasion) {
    count(kind);
    occasion.cause().ifPresent(cause -> tenants.event(cause.event().tenant()));
  }

  private void count(Count count) {
    counts.get(count).increment();
  }

  private void countIf(boolean happened, Count count) {
    if (happened) {
      count(count);
    }
  }

  @Override
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    meters
        .counter(MeterCatalogue.DEAD_LETTERS, rejection.stage().name(), rejection.reason().name())
        .increment();
  }

  @Override
  public void progress(String task, EngineProgress now) {
    tasks.progress(task, now);
  }

  @Override
  public void healed(String tenant) {
    count(Count.HEALED);
  }

  @Override
  public void closed(String task) {
    tasks.closed(task);
  }
}
