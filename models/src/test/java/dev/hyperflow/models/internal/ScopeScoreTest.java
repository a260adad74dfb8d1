package dev.hyperflow.models.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.Head;
import org.junit.jupiter.api.Test;

class ScopeScoreTest {
  private static final double ROUNDING = 1e-6;
  private static final double HEAD_SCALE = 2;
  private static final Manifest.Scope FIT = new Manifest.Scope(0.05, 13, 12);
  private static final ScopeScore SCORE = ScopeScore.of(HEAD_SCALE, FIT);

  /** The initial head of the means (1, 0) and (0, 1): rows scale · μ, bias −scale · ‖μ‖² ÷ 2. */
  private static final Head HEAD = Head.of(2, 2, new float[] {2, 0, -1, 0, 2, -1});

  @Test
  void shouldBeTheEnergyOfNormalDistributionsAroundTheMeans() {
    // Given squared distances of 0.4 and 0.8 and four examples a label
    float[] logits = logits(0.8f, 0.6f);

    double width = 0.05 * (1 + 0.75 / 4);
    double expected = 0.05 * Math.log((Math.exp(-0.4 / width) + Math.exp(-0.8 / width)) / 2);
    assertThat(SCORE.energy(logits, 8)).isCloseTo(expected, within(ROUNDING));
    assertThat(SCORE.probability(logits, 8))
        .isCloseTo((float) (1 / (1 + Math.exp(-13 * expected - 12))), within((float) ROUNDING));
  }

  @Test
  void shouldBeZeroAtTheOnlyMean() {
    assertThat(SCORE.energy(new float[] {1}, 1)).isCloseTo(0, within(ROUNDING));
  }

  @Test
  void shouldFallWithTheDistance() {
    float near = SCORE.probability(logits(0.8f, 0.6f), 8);
    float far = SCORE.probability(logits(-0.8f, 0.6f), 8);
    float opposite = SCORE.probability(logits(-0.8f, -0.6f), 8);

    assertThat(near).isGreaterThan(far);
    assertThat(far).isGreaterThan(opposite);
  }

  @Test
  void shouldForgiveDistanceWhereThereAreFewExamples() {
    float[] logits = logits(0.6f, -0.8f);

    assertThat(SCORE.probability(logits, 2)).isGreaterThan(SCORE.probability(logits, 200));
  }

  @Test
  void shouldNotDependOnHowOftenALabelIsThere() {
    assertThat(SCORE.energy(new float[] {0.5f, 0.5f}, 8))
        .isCloseTo(SCORE.energy(new float[] {0.5f}, 4), within(ROUNDING));
  }

  @Test
  void shouldStayAProbabilityFarAway() {
    assertThat(SCORE.probability(new float[] {-1e30f, -2e30f}, 2)).isZero();
    assertThat(SCORE.probability(new float[] {1e30f, -2e30f}, 2)).isEqualTo(1);
  }

  @Test
  void shouldBeEqualByItsFit() {
    assertThat(SCORE)
        .isEqualTo(ScopeScore.of(HEAD_SCALE, new Manifest.Scope(0.05, 13, 12)))
        .hasSameHashCodeAs(ScopeScore.of(HEAD_SCALE, FIT))
        .isNotEqualTo(ScopeScore.of(1, FIT))
        .isNotEqualTo(ScopeScore.of(HEAD_SCALE, new Manifest.Scope(0.05, 13, 11)));
    assertThat(Calibration.of(1).withScope(SCORE)).isNotEqualTo(Calibration.of(1));
  }

  private static float[] logits(float... features) {
    float[] logits = new float[HEAD.labels()];
    HEAD.logits(features, logits);
    return logits;
  }
}
