package dev.hyperflow.engine.internal.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AccuracyEstimateTest {
  private static final double ROUNDING = 5e-4;
  private static final int STREAMS = 2_000;
  private static final int LABELS = 150;

  @Test
  void shouldBeWilsonsIntervalWhereAllObservationsCountAlike() {
    // Values of the published table: Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    assertThat(AccuracyEstimate.of(81.0 / 263, 263, 1))
        .satisfies(
            estimate -> {
              assertThat(estimate.low()).isCloseTo(0.2553, within(ROUNDING));
              assertThat(estimate.high()).isCloseTo(0.3662, within(ROUNDING));
            });
    assertThat(AccuracyEstimate.of(0, 20, 1).low()).isZero();
    assertThat(AccuracyEstimate.of(0, 20, 1).high()).isCloseTo(0.1611, within(ROUNDING));
  }

  @Test
  void shouldGiveAWidthWhereAllWereRight() {
    AccuracyEstimate estimate = AccuracyEstimate.of(1, 30, 0.99);

    assertThat(estimate.high()).isEqualTo(1);
    assertThat(estimate.low()).isBetween(0.85, 0.95);
  }

  @Test
  void shouldCountFadingObservationsByTheirWeights() {
    double weights = 0;
    double squares = 0;
    for (int i = 0; i < LABELS; i++) {
      weights += Math.pow(0.97, i);
      squares += Math.pow(0.97, 2 * i);
    }

    assertThat(AccuracyEstimate.effective(LABELS, 0.97))
        .isCloseTo(weights * weights / squares, within(1e-9));
    assertThat(AccuracyEstimate.effective(LABELS, 1)).isEqualTo(LABELS);
  }

  @Test
  void shouldCoverTheTruthInNineteenOfTwentyStreams() {
    SplittableRandom random = new SplittableRandom(11);
    QualitySettings settings = QualitySettings.defaults();
    int covered = 0;
    for (int stream = 0; stream < STREAMS; stream++) {
      TenantQuality quality = TenantQuality.NONE;
      for (int i = 0; i < LABELS; i++) {
        quality = quality.observe(settings, false, random.nextDouble() < 0.8);
      }
      AccuracyEstimate found = quality.adapted(settings).orElseThrow();
      covered += found.low() <= 0.8 && 0.8 <= found.high() ? 1 : 0;
    }

    assertThat((double) covered / STREAMS).isBetween(0.93, 0.975);
  }

  @Test
  void shouldSayNothingFromAHandfulOfLabels() {
    QualitySettings settings = QualitySettings.defaults();
    TenantQuality quality = TenantQuality.NONE;
    for (int i = 1; i < TenantQuality.MIN_OBSERVATIONS; i++) {
      quality = quality.observe(settings, true, true);
      assertThat(quality.adapted(settings)).isEmpty();
      assertThat(quality.initial(settings)).isEmpty();
    }

    quality = quality.observe(settings, false, true);

    assertThat(quality.adapted(settings).orElseThrow().value()).isEqualTo(1);
    assertThat(quality.initial(settings).orElseThrow().value()).isLessThan(1);
  }
}
