package dev.hyperflow.topology.internal.metrics;

import static dev.hyperflow.topology.internal.observe.Occasions.add;
import static dev.hyperflow.topology.internal.observe.Occasions.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.QualityReport;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.models.Head;
import dev.hyperflow.topology.internal.observe.EngineObserver;
import dev.hyperflow.topology.internal.observe.EngineObserver.Occasion;
import dev.hyperflow.topology.internal.observe.Occasions;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What the play of a real topology does not bring about. */
class EngineMetersTest {
  private static final Occasion NONE = Occasion.background(0);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ApplicationMeters meters = new ApplicationMeters(registry, 1);
  private final EngineObserver observer = meters.observer();

  @Test
  void shouldCountShadowAnswersTestsDriftsAndFailures() {
    Rejection rejection = new Rejection(Stage.INTEGRATE, Reason.INTEGRATION_FAILED, "why");

    observer.output(new Output.ShadowAnswered(0, true), NONE);
    observer.output(new Output.ShadowAnswered(0, false), NONE);
    observer.output(new Output.ShadowAnswered(0, false), NONE);
    observer.output(new Output.Tested(0, true, false, Optional.of(true)), NONE);
    observer.output(new Output.BackgroundFailed(Output.NO_EVENT, "t", rejection), NONE);
    observer.healed("t");

    assertThat(count("hyperflow.shadow.answers", "agreed", "true")).isEqualTo(1);
    assertThat(count("hyperflow.shadow.answers", "agreed", "false")).isEqualTo(2);
    assertThat(count("hyperflow.quality.right", "head", "initial")).isEqualTo(1);
    assertThat(count("hyperflow.quality.right", "head", "adapted")).isZero();
    assertThat(count("hyperflow.quality.right", "head", "shadow")).isEqualTo(1);
    assertThat(count("hyperflow.integrations.background.failed")).isEqualTo(1);
    assertThat(count("hyperflow.tenants.healed")).isEqualTo(1);
  }

  @Test
  void shouldAddUpTheProgressOfTheTasksThatAreHere() {
    observer.progress("0_0", new EngineProgress(3, true, 10));
    observer.progress("0_1", new EngineProgress(4, true, 20));
    assertThat(gauge("hyperflow.tenants.stale")).isEqualTo(7);
    assertThat(gauge("hyperflow.sweep.running")).isEqualTo(2);
    assertThat(gauge("hyperflow.sweep.tenants")).isEqualTo(30);

    observer.closed("0_1");

    assertThat(gauge("hyperflow.tasks")).isEqualTo(1);
    assertThat(gauge("hyperflow.tenants.stale")).isEqualTo(3);
  }

  @Test
  void shouldShowTheDriftOfABusyTenantUntilItsNextReport() {
    observer.output(
        new Output.Ignored(0, Reason.UNKNOWN_EVENT),
        Occasions.of(new Event.Retract("t", 1, "e"), 1, 1));
    observer.output(new Output.QualityReported(0, report(true, 1)), NONE);
    meters.refresh();
    assertThat(gauge("hyperflow.tenant.drifting", "tenant", "t")).isEqualTo(1);
    assertThat(count("hyperflow.quality.drifts")).isEqualTo(1);

    observer.output(new Output.QualityReported(0, report(false, 1)), NONE);
    meters.refresh();

    assertThat(gauge("hyperflow.tenant.drifting", "tenant", "t")).isZero();
    assertThat(gauge("hyperflow.tenant.drifts", "tenant", "t")).isEqualTo(1);
    assertThat(count("hyperflow.quality.drifts")).isEqualTo(1);
  }

  @Test
  void shouldCountAnswersByTheirStatusAndTimeThemFromTheirRecord() {
    observer.output(answer(AnswerStatus.PERSONALISED, false), at(query("t", 0), 1_000, 1_250));
    observer.output(answer(AnswerStatus.RATE_LIMITED, true), at(query("t", 0), 1_000, 900));

    assertThat(count("hyperflow.events", "kind", "query")).isEqualTo(2);
    assertThat(count("hyperflow.answers", "status", "PERSONALISED")).isEqualTo(1);
    assertThat(count("hyperflow.answers", "status", "RATE_LIMITED")).isEqualTo(1);
    assertThat(count("hyperflow.answers", "status", "NO_LABELS")).isZero();
    assertThat(count("hyperflow.answers.abstained")).isEqualTo(1);
    Timer latency = registry.get("hyperflow.answer.latency").timer();
    assertThat(latency.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    assertThat(latency.count()).isEqualTo(2);
  }

  @Test
  void shouldCountARefusalByStageAndReasonAndAsAnEventOfItsKind() {
    Rejection rejection = new Rejection(Stage.SCORE, Reason.WRONG_DIMENSION, "why");
    observer.output(new Output.Rejected(0, rejection), at(query("t", 0), 0, 0));
    observer.output(new Output.Rejected(0, rejection), at(add("t", 0), 0, 0));
    observer.refused(Occasions.record("queries", 0, 0), rejection, new RecordHeaders());

    assertThat(count("hyperflow.events", "kind", "query")).isEqualTo(1);
    assertThat(count("hyperflow.events", "kind", "support")).isEqualTo(1);
    assertThat(count("hyperflow.dead.letters", "stage", "SCORE", "reason", "WRONG_DIMENSION"))
        .isEqualTo(1);
  }

  @Test
  void shouldMeasureBatchesAndCountThemByTask() {
    EngineObserver.BatchEnd first = observer.batch("0_0", Occasions.records(3), 40, 0);
    EngineObserver.BatchEnd second = observer.batch("0_1", Occasions.records(5), 10, 0);
    observer.batch("0_1", Occasions.records(1), 0, 0).ended();
    second.ended();
    assertThat(registry.get("hyperflow.batch.compute").timer().count()).isEqualTo(2);
    first.ended();

    assertThat(count("hyperflow.batches", "task", "0_0")).isEqualTo(1);
    assertThat(count("hyperflow.batches", "task", "0_1")).isEqualTo(2);
    assertThat(registry.get("hyperflow.batch.size").summary().totalAmount()).isEqualTo(9);
    assertThat(registry.get("hyperflow.batch.wait").timer().max(TimeUnit.MILLISECONDS))
        .isEqualTo(40);
    assertThat(registry.get("hyperflow.batch.compute").timer().count()).isEqualTo(3);
  }

  @Test
  void shouldTimeFromTheOldestLabelToTheHeadThatKnowsIt() {
    observer.output(new Output.Applied(0), at(add("t", 0), 1_000, 1_000));
    observer.output(new Output.Applied(0), at(add("t", 0), 1_400, 1_400));

    observer.output(adapted("t", true), Occasion.background(1_500));
    observer.output(adapted("t", false), Occasion.background(1_600));

    Timer labels = registry.get("hyperflow.label.to.head").timer();
    assertThat(labels.count()).isEqualTo(1);
    assertThat(labels.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(500);
    assertThat(count("hyperflow.integrations")).isEqualTo(2);
    assertThat(count("hyperflow.integrations.safeguarded")).isEqualTo(1);
  }

  private static Output answer(AnswerStatus status, boolean abstained) {
    return new Output.Answer(
        0,
        "q",
        "bundle",
        new Output.Verdict(status, List.of(), abstained, Optional.empty(), Optional.empty()),
        new Output.SupportSummary(Fingerprint.EMPTY, 0, 0, OptionalLong.empty()));
  }

  private static Output adapted(String tenant, boolean safeguarded) {
    Head head = Head.of(1, 1, new float[] {1, 0});
    return new Output.HeadAdapted(
        Output.NO_EVENT,
        tenant,
        0,
        new AdaptedHead("bundle", Fingerprint.EMPTY, 1, List.of("red"), head, head),
        safeguarded);
  }

  private static Occasion at(Event event, long recordMillis, long nowMillis) {
    return Occasions.of(event, recordMillis, nowMillis);
  }

  private static QualityReport report(boolean drift, long drifts) {
    return new QualityReport("t", 1, "bundle", 10, 0.5f, 0.75f, drift, drifts);
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }
}
