package dev.hyperflow.training.finetune;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Destination;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param bundle location of the bundle whose heads are put beside, and whose encoder is tuned
 * @param data sets of texts
 * @param episodes which
 * @param modes rates by mode
 * @param steps after how many steps to look, ascending
 * @param destination where the report goes
 */
record FineTunePlan(
    String bundle,
    List<Path> data,
    Episodes episodes,
    Map<TuningMode, Rates> modes,
    List<Integer> steps,
    Destination destination) {

  /**
   * Which episodes.
   *
   * @param count of each set, unless the setting says so itself
   * @param queries maximum number per label
   * @param maxTokens texts are cut to so many when the encoder is tuned
   * @param minutes after which no other round of episodes begins; all sets get as many
   */
  record Episodes(Setting setting, int count, int queries, long seed, int maxTokens, int minutes) {

    int episodes() {
      return setting.episodes().orElse(count);
    }
  }
}
