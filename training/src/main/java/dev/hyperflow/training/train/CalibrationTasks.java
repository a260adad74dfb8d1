package dev.hyperflow.training.train;

import dev.hyperflow.training.data.Episode;
import dev.hyperflow.training.data.EpisodeRange;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Draws the tasks that a bundle is calibrated on: as many of each size, so that none prevails. */
final class CalibrationTasks {

  private static final int[] WAYS = {2, 5, 20, 60};
  private static final int[] SHOTS = {1, 2, 5, 15, 30};
  private static final int TASKS = 4;

  private CalibrationTasks() {}

  /**
   * Draws tasks of every set in every size.
   *
   * @param range sizes out of it are moved to its ends
   */
  static List<Episode> of(List<LabelledFeatures> sets, EpisodeRange range, long seed) {
    List<Episode> tasks = new ArrayList<>();
    for (LabelledFeatures set : sets) {
      for (int ways : within(WAYS, range.minWays(), range.maxWays())) {
        for (int shots : within(SHOTS, range.minShots(), range.maxShots())) {
          Setting setting = new Setting(OptionalInt.of(ways), shots, OptionalInt.empty());
          SettingSampler sampler = new SettingSampler(setting, range.queries(), seed);
          for (int task = 0; task < TASKS; task++) {
            tasks.add(sampler.sample(set, task));
          }
        }
      }
    }
    return tasks;
  }

  private static int[] within(int[] sizes, int min, int max) {
    return IntStream.of(sizes).map(s -> Math.min(max, Math.max(min, s))).distinct().toArray();
  }
}
