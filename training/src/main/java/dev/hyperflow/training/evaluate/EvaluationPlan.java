package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import java.util.List;

/**
 * What to play.
 *
 * @param settings shapes of episodes, at least one
 * @param episodes of a set in a setting that does not say so itself, at least 2
 * @param queries most queries of a label, at least 1
 * @param seed decides which episodes
 * @param threads at least 1; changes nothing but the time
 */
record EvaluationPlan(List<Setting> settings, int episodes, int queries, long seed, int threads) {

  EvaluationPlan {
    settings = List.copyOf(settings);
  }

  /** Number of episodes of a setting. */
  int episodes(Setting setting) {
    return setting.episodes().orElse(episodes);
  }
}
