package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.addAt;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.QualityReport;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.validate.Limits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveQualityTest {
  /** No fading, and an alarm at the second error beyond what was to be expected. */
  private static final QualitySettings NERVOUS = new QualitySettings(1, 0, 1, 5);

  @Test
  void shouldTestTheLastHeadBeforeItLearnsTheExample() {
    EngineFixture fixture = reportingEvery(1);
    fixture.process(
        add("t", "r1", "red", 1, 0), add("t", "b1", "blue", 0, 1), query("t", "q", 1, 0));

    List<Output> outputs = fixture.process(addAt(7, "t", "r2", "red", 0, 1));

    assertThat(Outcomes.of(Output.Tested.class, outputs))
        .extracting(Output.Tested::before, Output.Tested::after)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(false, false));
    assertThat(reports(outputs))
        .containsExactly(new QualityReport("t", 7, "bundle", 1, 0, 0, false, 0));
  }

  @Test
  void shouldTestNothingWhileThereIsNoHead() {
    EngineFixture fixture = reportingEvery(1);

    assertThat(fixture.process(add("t", "r1", "red", 1, 0), add("t", "b1", "blue", 0, 1)))
        .containsExactly(new Output.Applied(0), new Output.Applied(1));
  }

  @Test
  void shouldReportEverySoManyObservations() {
    EngineFixture fixture = reportingEvery(3);
    fixture.process(
        add("t", "r1", "red", 1, 0), add("t", "b1", "blue", 0, 1), query("t", "q", 1, 0));
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      outputs.addAll(fixture.process(add("t", "e" + i, i == 1 ? "blue" : "red", 1, 0)));
    }

    assertThat(reports(outputs)).extracting(QualityReport::observations).containsExactly(3L, 6L);
    assertThat(reports(outputs).get(0).accuracyAfter()).isEqualTo(2 / 3f);
    assertThat(reports(outputs).get(1).accuracyAfter()).isEqualTo(5 / 6f);
  }

  @Test
  void shouldReportDriftWhenItIsNoticed() {
    EngineFixture fixture = reportingEvery(1_000);
    fixture.process(
        add("t", "r1", "red", 1, 0), add("t", "b1", "blue", 0, 1), query("t", "q", 1, 0));
    List<Output> steady = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      steady.addAll(fixture.process(add("t", "e" + i, "red", 1, 0)));
    }
    assertThat(reports(steady)).isEmpty();

    List<Output> turned = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      turned.addAll(fixture.process(add("t", "w" + i, "blue", 1, 0)));
    }

    assertThat(reports(turned)).hasSize(1);
    assertThat(reports(turned).get(0).driftDetected()).isTrue();
    assertThat(reports(turned).get(0).drifts()).isEqualTo(1);
  }

  @Test
  void shouldObserveAnExampleOnce() {
    EngineFixture fixture = reportingEvery(1);
    fixture.process(
        add("t", "r1", "red", 1, 0), query("t", "q", 1, 0), add("t", "r2", "red", 1, 0));

    assertThat(reports(fixture.process(add("t", "r2", "red", 1, 0)))).isEmpty();
    assertThat(reports(fixture.process(add("t", "r2", "red", 0.5f, 0)))).isEmpty();
  }

  @Test
  void shouldForgetTheQualityOfAForgottenTenant() {
    EngineFixture fixture = reportingEvery(1);
    fixture.process(
        add("t", "r1", "red", 1, 0), query("t", "q", 1, 0), add("t", "r2", "red", 1, 0));
    assertThat(fixture.activity.content()).isNotEmpty();

    fixture.process(new Event.ForgetTenant("t", 0));

    assertThat(fixture.activity.content()).isEmpty();
  }

  private static List<QualityReport> reports(List<Output> outputs) {
    return Outcomes.of(Output.QualityReported.class, outputs).stream()
        .map(Output.QualityReported::report)
        .toList();
  }

  private static EngineFixture reportingEvery(int observations) {
    return EngineFixture.of(
        new EngineSettings(
            new Limits(64, 64, 200, 16, 100),
            EngineFixture.MEMORY,
            EngineFixture.FRESH,
            new ScoreSettings(3, 0),
            NERVOUS,
            observations),
        EngineFixture.model("bundle"));
  }
}
