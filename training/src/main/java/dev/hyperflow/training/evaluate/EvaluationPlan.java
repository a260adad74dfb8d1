package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to play.
 *
 * @param settings shapes of episodes, at least one
 * @param episodes of a set in a setting that does not say so itself, at least 2
 * @param queries maximum number of queries per label, at least 1
 * @param seed decides which episodes
 * @param threads at least 1; changes nothing but the time
 */
record EvaluationPlan(List<Setting> settings, int episodes, int queries, long seed, int threads) {

  EvaluationPlan {
    settings = List.copyOf(settings);
  }

  /**
   * The same for sets of so many labels at most: no setting claims more ways, and none comes twice.
   */
  EvaluationPlan within(int labels) {
    Map<String, Setting> byTitle = new LinkedHashMap<>();
    for (Setting setting : settings) {
      Setting fitting = setting.within(labels);
      byTitle.putIfAbsent(fitting.title(), fitting);
    }
    return new EvaluationPlan(List.copyOf(byTitle.values()), episodes, queries, seed, threads);
  }

  int episodes(Setting setting) {
    return setting.episodes().orElse(episodes);
  }
}
