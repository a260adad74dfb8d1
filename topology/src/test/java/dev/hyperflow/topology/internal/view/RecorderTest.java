package dev.hyperflow.topology.internal.view;

import static dev.hyperflow.topology.internal.observe.Occasions.add;
import static dev.hyperflow.topology.internal.observe.Occasions.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.HeadCache;
import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.QualityReport;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.quality.TenantQuality;
import dev.hyperflow.models.Head;
import dev.hyperflow.topology.internal.observe.EngineObserver.Occasion;
import dev.hyperflow.topology.internal.observe.Occasions;
import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final double ROUNDING = 1e-9;
  private static final long NOW = 1_000_000;

  private final Recorder recorder = new Recorder(new HeadCache(1_000), () -> NOW);

  @Test
  void shouldFindTheCurveThatLedToTheQualityOfNow() {
    // Given
    QualitySettings settings = QualitySettings.defaults();
    Random random = new Random(3);
    TenantQuality quality = TenantQuality.NONE;
    List<Double> before = new ArrayList<>();
    List<Double> after = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean first = random.nextInt(3) == 0;
      boolean second = random.nextInt(3) != 0;
      quality = quality.observe(settings, first, second);
      before.add(quality.before().value());
      after.add(quality.after().value());
      output(add("a", 0), new Output.Tested(0, first, second, Optional.empty()), NOW + i);
    }

    // When
    List<TenantHistory.Point> points =
        recorder.history("a").orElseThrow().points(quality, settings);

    // Then
    assertThat(points).hasSize(200);
    for (int i = 0; i < 200; i++) {
      assertThat(points.get(i).tested()).isEqualTo(i + 1);
      assertThat(points.get(i).at()).isEqualTo(NOW + i);
      assertThat(points.get(i).before()).isCloseTo(before.get(i), within(ROUNDING));
      assertThat(points.get(i).after()).isCloseTo(after.get(i), within(ROUNDING));
    }
  }

  @Test
  void shouldMeasureFromTheLabelToTheHeadThatKnowsIt() {
    output(add("a", NOW - 300), new Output.Applied(0), NOW);
    output(add("a", NOW - 100), new Output.Applied(0), NOW);

    background(adapted("a", "one"), NOW + 50);

    Timeline.Sums sums = recorder.timeline().last(5, NOW + 2 * Timeline.STEP_MILLIS);
    assertThat(sums.labelToHead().p50()).hasValue(350);
    assertThat(sums.integrations()).isEqualTo(1);
  }

  @Test
  void shouldMarkWhatHappenedAndForgetItWithTheTenant() {
    output(add("a", NOW), new Output.Applied(0), NOW);
    output(new Event.Retract("a", NOW, "e1"), new Output.Applied(0), NOW + 1);
    background(adapted("a", "one"), NOW + 2);
    background(adapted("a", "two"), NOW + 3);

    assertThat(recorder.history("a").orElseThrow().markers())
        .containsExactly(
            new TenantHistory.Marker(NOW, TenantHistory.Kind.LABEL, "red"),
            new TenantHistory.Marker(NOW + 1, TenantHistory.Kind.RETRACT, "e1"),
            new TenantHistory.Marker(NOW + 3, TenantHistory.Kind.BUNDLE, "two"));

    output(new Event.ForgetTenant("a", NOW), new Output.Applied(0), NOW + 4);

    assertThat(recorder.history("a").orElseThrow().markers()).isEmpty();
  }

  @Test
  void shouldCountByTheStepsOfTheClock() {
    recorder.batch("0_0", Occasions.records(4), 30, NOW);
    recorder.batch("0_1", Occasions.records(2), 10, NOW + Timeline.STEP_MILLIS);
    output(query("a", NOW - 20), answer(), NOW);

    Timeline.Sums sums = recorder.timeline().last(5, NOW + 3 * Timeline.STEP_MILLIS);

    assertThat(sums.events()).isEqualTo(6);
    assertThat(sums.batches()).isEqualTo(2);
    assertThat(sums.longestWaitMillis()).isEqualTo(30);
    assertThat(sums.latency().p99()).hasValue(20);
    assertThat(recorder.timeline().history(NOW + 3 * Timeline.STEP_MILLIS))
        .extracting(Timeline.Point::eventsPerSecond)
        .containsExactly(2.0, 1.0, 0.0);
    assertThat(recorder.totals().answers()).isEqualTo(1);
  }

  @Test
  void shouldCountRefusalsByReason() {
    refuse(Reason.EMPTY_TEXT);
    refuse(Reason.UNDECODABLE);
    refuse(Reason.EMPTY_TEXT);
    output(query("a", NOW), new Output.Rejected(0, rejection(Reason.EMPTY_TEXT)), NOW);

    assertThat(recorder.deadLetters())
        .containsExactly(Map.entry("EMPTY_TEXT", 2L), Map.entry("UNDECODABLE", 1L));
    assertThat(recorder.totals().deadLetters()).isEqualTo(3);
  }

  @Test
  void shouldKeepTheLastRefusalOfEachTenant() {
    refuse(Reason.UNDECODABLE);
    SourceRecord ofTenant =
        new SourceRecord("support", 0, 1, 0, TenantKeys.encode("a"), new byte[] {1});
    recorder.refused(ofTenant, rejection(Reason.EMPTY_TEXT), new RecordHeaders());

    assertThat(recorder.troubles().now().all())
        .contains(new Troubles.Refusals(2, NOW, "EMPTY_TEXT", "why"));
    assertThat(recorder.troubles().now().refused())
        .containsExactly(Map.entry("a", new Troubles.Refusals(1, NOW, "EMPTY_TEXT", "why")));

    output(new Event.ForgetTenant("a", NOW), new Output.Applied(0), NOW);

    assertThat(recorder.troubles().now().refused()).isEmpty();
  }

  @Test
  void shouldCountRecordsInForeignPartitions() {
    recorder.foreign(Occasions.record("support", 0, NOW));
    recorder.foreign(Occasions.record("queries", 1, NOW));

    assertThat(recorder.troubles().now().foreign())
        .contains(new Troubles.Foreign(2, NOW, "queries"));
  }

  @Test
  void shouldNameTenantsThatAreAskedUntilTheyHaveALabel() {
    output(query("a", NOW), answer(), NOW);
    output(query("a", NOW), answer(), NOW + 5);
    output(query("b", NOW), answer(), NOW);
    output(add("b", NOW), new Output.Applied(0), NOW);

    assertThat(recorder.troubles().now().unlabelled())
        .containsExactly(Map.entry("a", new Troubles.Unlabelled(2, NOW + 5)));
  }

  private void refuse(Reason reason) {
    recorder.refused(Occasions.record("queries", 0, NOW), rejection(reason), new RecordHeaders());
  }

  private static Rejection rejection(Reason reason) {
    return new Rejection(Stage.VALIDATE, reason, "why");
  }

  @Test
  void shouldForgetTheTenantThatWasQuietForLongest() {
    for (int i = 0; i < Recorder.MAX_TENANTS; i++) {
      output(add("t" + i, NOW), new Output.Applied(0), NOW);
    }
    output(add("t0", NOW), new Output.Applied(0), NOW + 1);

    output(add("one more", NOW), new Output.Applied(0), NOW + 2);

    assertThat(recorder.history("t0")).isPresent();
    assertThat(recorder.history("t1")).isEmpty();
    assertThat(recorder.history("one more")).isPresent();
  }

  @Test
  void shouldCompareTheBundlesThatBothAnswered() {
    Event query = query("a", NOW);
    output(query, new Output.ShadowAnswered(0, true), NOW);
    output(query, new Output.ShadowAnswered(0, false), NOW);
    output(query, new Output.Tested(0, false, true, Optional.of(false)), NOW);
    output(query, new Output.Tested(0, false, true, Optional.of(true)), NOW);
    output(query, new Output.Tested(0, false, true, Optional.empty()), NOW);

    assertThat(recorder.shadow()).isEqualTo(new Recorder.Shadow(2, 1, 2, 2, 1));
  }

  @Test
  void shouldMarkEveryDriftOfATenant() {
    output(query("a", NOW), new Output.QualityReported(0, report(false, 0)), NOW);
    output(query("a", NOW), new Output.QualityReported(0, report(true, 1)), NOW + 1);

    assertThat(recorder.history("a").orElseThrow().markers())
        .containsExactly(new TenantHistory.Marker(NOW + 1, TenantHistory.Kind.DRIFT, "drift 1"));
    assertThat(recorder.troubles().driftedAt("a")).contains(NOW + 1);
  }

  private static QualityReport report(boolean drift, long drifts) {
    return new QualityReport("a", NOW, "bundle", 10, 0.5f, 0.75f, drift, drifts);
  }

  private static Output answer() {
    return new Output.Answer(
        0,
        "q",
        "one",
        new Output.Verdict(
            AnswerStatus.NO_LABELS, List.of(), true, Optional.empty(), Optional.empty()),
        new Output.SupportSummary(Fingerprint.EMPTY, 0, 0, OptionalLong.empty()));
  }

  private static Output.HeadAdapted adapted(String tenant, String bundle) {
    Head head = Head.of(1, 1, new float[] {1, 0});
    return new Output.HeadAdapted(
        Output.NO_EVENT,
        tenant,
        NOW,
        new AdaptedHead(bundle, Fingerprint.EMPTY, 1, List.of("red"), head, head),
        false);
  }

  private void output(Event event, Output output, long nowMillis) {
    recorder.output(output, Occasions.of(event, 0, nowMillis));
  }

  private void background(Output output, long nowMillis) {
    recorder.output(output, Occasion.background(nowMillis));
  }
}
