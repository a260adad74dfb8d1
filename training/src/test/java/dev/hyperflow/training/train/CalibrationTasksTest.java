package dev.hyperflow.training.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.EpisodeRange;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CalibrationTasksTest {

  @Test
  void shouldDrawAsManyTasksOfEachSize() {
    Map<List<Integer>, Long> sizes = sizes(new EpisodeRange(2, 60, 1, 64, 1024, 0.5, 0.5, 5));

    assertThat(sizes).hasSize(20).containsKeys(List.of(2, 2), List.of(60, 1800));
    assertThat(sizes.values()).containsOnly(4L);
  }

  @Test
  void shouldMoveSizesIntoTheRange() {
    assertThat(sizes(new EpisodeRange(3, 6, 2, 4, 24, 0.5, 0.5, 5)).keySet())
        .containsExactlyInAnyOrder(
            List.of(3, 6),
            List.of(3, 12),
            List.of(5, 10),
            List.of(5, 20),
            List.of(6, 12),
            List.of(6, 24));
  }

  /** Number of tasks by labels and examples. */
  private static Map<List<Integer>, Long> sizes(EpisodeRange range) {
    List<Episode> tasks =
        CalibrationTasks.of(List.of(SyntheticSets.of("one", 60, 50, 1)), range, 7);
    return tasks.stream()
        .collect(
            Collectors.groupingBy(
                task -> List.of(task.ways(), task.support().length), Collectors.counting()));
  }
}
