package dev.hyperflow.models.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hyperflow.models.internal.Buckets;
import dev.hyperflow.models.internal.SupportSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleTasksTest {

  private static final Buckets SMALL = new Buckets(List.of(8), List.of(16), List.of(1));

  private final SampleTasks tasks = new SampleTasks(5, SMALL);

  @Test
  void shouldAlwaysBeTheSame() {
    assertThat(new SampleTasks(5, SMALL).ordinary()).isEqualTo(tasks.ordinary());
    assertThat(new SampleTasks(5, SMALL).extreme()).isEqualTo(tasks.extreme());
    assertThat(tasks.ordinary(3, 9, 1)).isNotEqualTo(tasks.ordinary(3, 9, 2));
  }

  @Test
  void shouldFitTheBuckets() {
    assertThat(tasks.ordinary()).hasSize(4).allMatch(SampleTasksTest::fits);
    assertThat(tasks.extreme()).hasSize(13);
    assertThat(tasks.extreme().values()).allMatch(SampleTasksTest::fits);
    SupportSet largest = tasks.extreme().get("largest bucket");
    assertThat(largest.labels()).isEqualTo(8);
    assertThat(largest.examples()).isEqualTo(16);
  }

  private static boolean fits(SupportSet task) {
    return task.dimension() == 5 && task.labels() <= 8 && task.examples() <= 16;
  }

  @Test
  void shouldReachTheLimitsOfWhatASupportSetTakes() {
    SupportSet features = tasks.extreme().get("largest features");
    assertThat(Math.abs(features.feature(0, 0))).isEqualTo(SupportSet.MAX_FEATURE);
    SupportSet weights = tasks.extreme().get("weights at both limits");
    assertThat(weights.weight(0)).isEqualTo(1e-3f);
    assertThat(weights.weight(1)).isEqualTo(SupportSet.MAX_WEIGHT);
    SupportSet zero = tasks.extreme().get("zero vectors");
    assertThat(zero.features(3)).containsOnly(0f);
  }

  @Test
  void shouldShuffleExamplesWithTheirLabelsAndWeights() {
    // Given
    SupportSet task = tasks.ordinary(3, 10, 1);

    // When
    SupportSet shuffled = SampleTasks.shuffled(task);

    // Then the same sum of every label, in another order
    assertThat(shuffled).isNotEqualTo(task);
    for (int label = 0; label < 3; label++) {
      assertThat(sum(shuffled, label)).isCloseTo(sum(task, label), within(1e-5));
    }
  }

  private static double sum(SupportSet task, int label) {
    double sum = 0;
    for (int i = 0; i < task.examples(); i++) {
      sum += task.label(i) == label ? task.weight(i) * task.feature(i, 0) : 0;
    }
    return sum;
  }

  @Test
  void shouldCountLabelsFromTheOtherEnd() {
    SupportSet task = tasks.ordinary(3, 10, 1);
    SupportSet turned = SampleTasks.relabelled(task);
    assertThat(turned.label(0)).isEqualTo(2 - task.label(0));
    assertThat(turned.features(0)).isEqualTo(task.features(0));
    assertThat(SampleTasks.relabelled(turned)).isEqualTo(task);
  }
}
