package dev.hyperflow.engine.internal;

import static dev.hyperflow.engine.internal.EngineFixture.add;
import static dev.hyperflow.engine.internal.EngineFixture.query;
import static dev.hyperflow.engine.internal.EngineFixture.queryAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.AnswerStatus;
import dev.hyperflow.engine.internal.event.Consistency;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.quality.QualitySettings;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NoneOfTheseTest {
  private static final QuerySettings ONE_A_SECOND =
      new QuerySettings(Consistency.FRESH, 1, 1_000, 4);

  @Test
  void shouldStandBeforeColdStart() {
    EngineFixture engine = engine(EngineFixture.FRESH);
    engine.process(add("t", "e1", "red", 1, 0));

    assertThat(answer(engine.process(query("t", "q1", 1, 0))).status())
        .isEqualTo(AnswerStatus.COLD_START);
    assertThat(answer(engine.process(query("t", "q2", -1, 0))).status())
        .isEqualTo(AnswerStatus.NONE_OF_THESE);
  }

  @Test
  void shouldStandBeforeRateLimited() {
    // Given a head, and a label after it
    EngineFixture engine = engine(ONE_A_SECOND);
    engine.process(add("t", "e1", "red", 1, 0), add("t", "e2", "green", 0, 1));
    engine.process(queryAt(0, "t", "q1", 1, 0));
    engine.process(add("t", "e3", "red", 1, 0));

    // When two texts are asked at once, of which one is out of scope
    Output.Verdict inside = answer(engine.process(queryAt(0, "t", "q2", 1, 0)));
    Output.Verdict outside = answer(engine.process(queryAt(0, "t", "q3", -1, 0)));

    // Then
    assertThat(inside.status()).isEqualTo(AnswerStatus.RATE_LIMITED);
    assertThat(outside.status()).isEqualTo(AnswerStatus.NONE_OF_THESE);
  }

  @Test
  void shouldAbstainAndStillListLabels() {
    EngineFixture engine = engine(EngineFixture.FRESH);
    engine.process(add("t", "e1", "red", 1, 0), add("t", "e2", "green", 0, 1));

    Output.Verdict outside = answer(engine.process(query("t", "q", -1, 0)));

    assertThat(outside.status()).isEqualTo(AnswerStatus.NONE_OF_THESE);
    assertThat(outside.abstained()).isTrue();
    assertThat(outside.topLabels()).hasSize(2);
    assertThat(outside.scope().orElseThrow()).isBetween(0f, 0.5f);
  }

  @Test
  void shouldNotSpeakOfScopeWithoutLabels() {
    Output.Verdict verdict = answer(engine(EngineFixture.FRESH).process(query("t", "q", 1, 0)));

    assertThat(verdict.status()).isEqualTo(AnswerStatus.NO_LABELS);
    assertThat(verdict.scope()).isEmpty();
  }

  private static Output.Verdict answer(List<Output> outputs) {
    return outputs.stream()
        .filter(Output.Answer.class::isInstance)
        .map(Output.Answer.class::cast)
        .map(Output.Answer::verdict)
        .findFirst()
        .orElseThrow();
  }

  private static EngineFixture engine(QuerySettings query) {
    EngineSettings usual = EngineFixture.settings(EngineFixture.MEMORY, query);
    AdaptationModel model = EngineFixture.model("bundle");
    return EngineFixture.of(
        new EngineSettings(
            usual.limits(),
            usual.memory(),
            query,
            new ScoreSettings(3, 0, 0.5f),
            QualitySettings.defaults(),
            2),
        new AdaptationModel(
            model.bundleId(),
            Optional.empty(),
            OptionalInt.of(EngineFixture.DIMENSION),
            model.integrator(),
            model.calibration().withScope(EngineFixture.SCOPE)));
  }
}
