package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Manifest;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.LabelledFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ScopeFitTest {
  private static final long SEED = 7;
  private static final int TASKS = 24;
  private static final EpisodeRange RANGE = new EpisodeRange(2, 6, 1, 8, 48, 0.5, 0, 5);
  private static final List<LabelledFeatures> SETS =
      List.of(SyntheticSets.of("one", 9, 12, 1), SyntheticSets.of("two", 8, 12, 2));
  private static final Bundle BUNDLE =
      Bundle.load(
          ShippedBundles.ANALYTIC,
          BundleOptions.defaults().withLoadEncoder(false).withWarmUp(false));

  @AfterAll
  static void close() {
    BUNDLE.close();
  }

  @Test
  void shouldGiveProbabilitiesThatHold() {
    ScopeFit fit = fit(new ScopeTasks(SETS, RANGE, SEED).first(TASKS));

    Manifest.Scope scope = fit.scope().orElseThrow();

    assertThat(fit.area()).isBetween(0.7, 1.0);
    assertThat(scope.scale()).isPositive();
    assertThat(fit.calibrationError(scope))
        .isLessThan(0.1)
        .isLessThan(
            fit.calibrationError(
                new Manifest.Scope(scope.temperature(), scope.scale(), scope.offset() + 3)))
        .isLessThan(
            fit.calibrationError(
                new Manifest.Scope(scope.temperature(), scope.scale(), scope.offset() - 3)));
  }

  @Test
  void shouldHaveNoFitWithoutTextsOutOfScope() {
    List<ScopeTask> tasks =
        new ScopeTasks(List.of(SyntheticSets.of("pair", 2, 12, 3)), RANGE, SEED).first(3);

    assertThat(tasks).noneMatch(ScopeTask::hasOthers);
    assertThat(fit(tasks).scope()).isEmpty();
  }

  @Test
  void shouldDrawTextsOfOtherLabelsAndOtherSets() {
    Set<String> two = rows(SETS.get(1));
    for (ScopeTask task : new ScopeTasks(SETS, RANGE, SEED).first(TASKS)) {
      List<String> own = new ArrayList<>(texts(List.of(task.episode().queries())));
      own.addAll(texts(List.of(task.episode().support())));
      boolean fromTwo = two.contains(own.get(0));

      assertThat(texts(task.near())).isNotEmpty().doesNotContainAnyElementsOf(own);
      assertThat(texts(task.near())).allMatch(row -> two.contains(row) == fromTwo);
      assertThat(texts(task.far())).isNotEmpty().allMatch(row -> two.contains(row) != fromTwo);
    }
  }

  @Test
  void shouldDrawTheSameBySeed() {
    assertThat(queries(SEED)).isEqualTo(queries(SEED)).isNotEqualTo(queries(SEED + 1));
  }

  private static ScopeFit fit(List<ScopeTask> tasks) {
    return new ScopeFit(BUNDLE.integrator(), BUNDLE.manifest().initialHead().scale(), tasks);
  }

  private static String queries(long seed) {
    return new ScopeTasks(SETS, RANGE, seed)
        .first(3).stream()
            .map(ScopeTask::episode)
            .map(Episode::queries)
            .map(Arrays::deepToString)
            .toList()
            .toString();
  }

  private static List<String> texts(List<float[]> vectors) {
    return vectors.stream().map(Arrays::toString).toList();
  }

  private static Set<String> rows(LabelledFeatures set) {
    Set<String> rows = new HashSet<>();
    for (int label = 0; label < set.labels().size(); label++) {
      for (int text = 0; text < set.count(label); text++) {
        rows.add(Arrays.toString(set.row(label, text)));
      }
    }
    return rows;
  }
}
