package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.SizeEffect;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.EpisodeSampler;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemperatureFitTest {
  private static final long SEED = 7;
  private static final int EPISODES = 60;
  private static final LabelledFeatures SET = SyntheticSets.of("one", 12, 40, 1);

  @Test
  void shouldFindNoBetterTemperatureOrEffectNearby() {
    TemperatureFit fit = fit(new EpisodeRange(2, 12, 1, 20, 240, 0.5, 0, 5));
    Manifest.Softmax softmax = fit.softmax();
    double least = loss(fit, softmax.temperature(), softmax.size());

    // Weighed otherwise than the loss that was minimised, so by a margin
    assertThat(loss(fit, softmax.temperature() * 1.3, softmax.size())).isGreaterThan(least);
    assertThat(loss(fit, softmax.temperature() / 1.3, softmax.size())).isGreaterThan(least);
    assertThat(loss(fit, softmax.temperature(), moved(softmax, 1, 0))).isGreaterThan(least);
    assertThat(loss(fit, softmax.temperature(), moved(softmax, -1, 0))).isGreaterThan(least);
    assertThat(loss(fit, softmax.temperature(), moved(softmax, 0, 0.3))).isGreaterThan(least);
    assertThat(loss(fit, softmax.temperature(), moved(softmax, 0, -0.3))).isGreaterThan(least);
  }

  @Test
  void shouldStayFiniteWhereAllTasksAreOfOneSize() {
    TemperatureFit fit = fit(new EpisodeRange(4, 4, 5, 5, 20, 0, 0, 5));
    Manifest.Softmax softmax = fit.softmax();

    double one = Calibration.of(softmax.temperature(), softmax.size()).temperature(4, 20);
    double least = loss(fit, one, SizeEffect.NONE);
    assertThat(loss(fit, one * 1.2, SizeEffect.NONE)).isGreaterThan(least);
    assertThat(loss(fit, one / 1.2, SizeEffect.NONE)).isGreaterThan(least);
  }

  private static SizeEffect moved(Manifest.Softmax softmax, double scarcity, double labels) {
    SizeEffect size = softmax.size();
    return new SizeEffect(size.scarcity() + scarcity, size.labels() + labels);
  }

  private static double loss(TemperatureFit fit, double temperature, SizeEffect size) {
    return fit.crossEntropy(Calibration.of(temperature, size));
  }

  private static TemperatureFit fit(EpisodeRange range) {
    EpisodeSampler sampler = new EpisodeSampler(range, SEED);
    List<Episode> episodes =
        IntStream.range(0, EPISODES).mapToObj(i -> sampler.sample(SET, i)).toList();
    try (Bundle bundle =
        Bundle.load(
            ShippedBundles.ANALYTIC,
            BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false))) {
      return new TemperatureFit(bundle.integrator(), episodes);
    }
  }
}
