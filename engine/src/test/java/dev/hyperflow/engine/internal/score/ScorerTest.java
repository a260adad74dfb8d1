package dev.hyperflow.engine.internal.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Fingerprint;
import dev.hyperflow.engine.internal.event.LabelProbability;
import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.ScopeScore;
import dev.hyperflow.models.internal.SizeEffect;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScorerTest {
  private static final float ROUNDING = 1e-6f;

  /** Logits 0, 1 and 2 of labels a, b and c for the feature 1; the initial head says a. */
  private static final AdaptedHead HEAD =
      new AdaptedHead(
          "bundle",
          Fingerprint.EMPTY,
          3,
          List.of("a", "b", "c"),
          Head.of(3, 1, new float[] {9, 0, 0, 0, 0, 0}),
          Head.of(3, 1, new float[] {0, 0, 1, 0, 2, 0}));

  @Test
  void shouldListTheMostProbableLabelsFirst() {
    Score score = score(new ScoreSettings(2, 0), 1, Optional.empty());

    double sum = 1 + Math.exp(1) + Math.exp(2);
    assertThat(score.topLabels()).extracting(LabelProbability::label).containsExactly("c", "b");
    assertThat(score.topLabels().get(0).probability())
        .isCloseTo((float) (Math.exp(2) / sum), within(ROUNDING));
    assertThat(score.label()).isEqualTo("c");
    assertThat(score.initialLabel()).isEqualTo("a");
  }

  @Test
  void shouldListAllLabelsWhereThereAreFewerThanTopK() {
    Score score = score(new ScoreSettings(10, 0), 1, Optional.empty());

    assertThat(score.topLabels()).hasSize(3);
    assertThat(score.topLabels().stream().mapToDouble(LabelProbability::probability).sum())
        .isCloseTo(1, within((double) ROUNDING));
  }

  @Test
  void shouldListEqualProbabilitiesInTheOrderOfNames() {
    Score score = score(new ScoreSettings(3, 0), 0, Optional.empty());

    assertThat(score.topLabels())
        .extracting(LabelProbability::label)
        .containsExactly("a", "b", "c");
  }

  @Test
  void shouldSoftenProbabilitiesByTheTemperature() {
    Scorer soft = new Scorer(Calibration.of(10), new ScoreSettings(1, 0));

    float softened =
        soft.score(HEAD, feature(1), Optional.empty())
            .orElseThrow()
            .topLabels()
            .get(0)
            .probability();

    assertThat(softened)
        .isLessThan(
            score(new ScoreSettings(1, 0), 1, Optional.empty()).topLabels().get(0).probability());
  }

  @Test
  void shouldTakeTheTemperatureOfTheTasksSize() {
    SizeEffect size = new SizeEffect(0, 1);
    Score score = scored(Calibration.of(1, size));

    assertThat(score.topLabels()).isEqualTo(scored(Calibration.of(3)).topLabels());
    assertThat(score.topLabels()).isNotEqualTo(scored(Calibration.of(1)).topLabels());
  }

  private static Score scored(Calibration calibration) {
    return new Scorer(calibration, new ScoreSettings(1, 0))
        .score(HEAD, feature(1), Optional.empty())
        .orElseThrow();
  }

  @Test
  void shouldAbstainBelowTheThreshold() {
    assertThat(score(new ScoreSettings(1, 0), 1, Optional.empty()).abstained()).isFalse();
    assertThat(score(new ScoreSettings(1, 0.6f), 1, Optional.empty()).abstained()).isFalse();
    assertThat(score(new ScoreSettings(1, 0.7f), 1, Optional.empty()).abstained()).isTrue();
  }

  @Test
  void shouldTakeTheThresholdOfTheTenantBeforeThatOfAll() {
    assertThat(score(new ScoreSettings(1, 0.7f), 1, Optional.of(0f)).abstained()).isFalse();
    assertThat(score(new ScoreSettings(1, 0), 1, Optional.of(0.7f)).abstained()).isTrue();
  }

  @Test
  void shouldGiveNoScopeWithoutAFit() {
    Score score = score(new ScoreSettings(1, 0, 1), 1, Optional.empty());

    assertThat(score.scope()).isEmpty();
    assertThat(score.noneOfThese()).isFalse();
    assertThat(score.abstained()).isFalse();
  }

  @Test
  void shouldScoreTheScopeByTheInitialHead() {
    ScopeScore fit = scope();

    Score score = scoped(new ScoreSettings(1, 0)).score(HEAD, feature(1), Optional.empty()).get();

    assertThat(score.scope()).contains(fit.probability(new float[] {9, 0, 0}, 3));
  }

  @Test
  void shouldSayNoneOfTheseBelowTheThreshold() {
    float scope = scope().probability(new float[] {9, 0, 0}, 3);

    for (float threshold : new float[] {0, scope, Math.nextUp(scope), 1}) {
      Score score =
          scoped(new ScoreSettings(1, 0, threshold))
              .score(HEAD, feature(1), Optional.empty())
              .get();
      assertThat(score.noneOfThese()).isEqualTo(scope < threshold);
      assertThat(score.abstained()).isEqualTo(scope < threshold);
      assertThat(score.label()).isEqualTo("c");
    }
  }

  @Test
  void shouldAbstainWithinScope() {
    Score score =
        scoped(new ScoreSettings(1, 1, 0)).score(HEAD, feature(1), Optional.empty()).get();

    assertThat(score.abstained()).isTrue();
    assertThat(score.noneOfThese()).isFalse();
  }

  @Test
  void shouldGiveNoScoreWhereALogitOfTheInitialHeadOverflows() {
    FeatureVector huge = feature(Float.MAX_VALUE / 4);

    assertThat(scoped(new ScoreSettings(1, 0)).score(HEAD, huge, Optional.empty())).isEmpty();
    assertThat(score(new ScoreSettings(1, 0), Float.MAX_VALUE / 4, Optional.empty()).scope())
        .isEmpty();
  }

  @Test
  void shouldGiveNoScoreWhereALogitOverflows() {
    Scorer scorer = new Scorer(Calibration.of(1), new ScoreSettings(1, 0));

    assertThat(scorer.score(HEAD, feature(Float.MAX_VALUE), Optional.empty())).isEmpty();
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertThatThrownBy(() -> new ScoreSettings(0, 0))
        .hasMessage("topK: expected at least 1, found 0");
    for (float threshold : new float[] {-0.1f, 1.1f, Float.NaN}) {
      assertThatThrownBy(() -> new ScoreSettings(1, threshold))
          .hasMessage("abstainBelow: expected 0 to 1, found " + threshold);
      assertThatThrownBy(() -> new ScoreSettings(1, 0, threshold))
          .hasMessage("noneBelow: expected 0 to 1, found " + threshold);
    }
  }

  private static Score score(ScoreSettings settings, float feature, Optional<Float> abstainBelow) {
    return new Scorer(Calibration.of(1), settings)
        .score(HEAD, feature(feature), abstainBelow)
        .orElseThrow();
  }

  private static ScopeScore scope() {
    return ScopeScore.of(18, new Manifest.Scope(0.5, 2, 0.5));
  }

  private static Scorer scoped(ScoreSettings settings) {
    return new Scorer(Calibration.of(1).withScope(scope()), settings);
  }

  private static FeatureVector feature(float value) {
    return FeatureVector.of(new float[] {value});
  }
}
