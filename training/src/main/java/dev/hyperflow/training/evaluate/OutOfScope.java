package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How well scores tell texts of a task's labels from texts that belong to none: area under the ROC
 * curve of each episode.
 */
final class OutOfScope {

  enum Score {
    /** The probability of the chosen label. */
    MAX_SOFTMAX("max softmax"),
    /** T · log Σ exp(logit ÷ T). */
    ENERGY("energy");

    private final String title;

    Score(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    private float[] of(Response response) {
      return this == MAX_SOFTMAX ? response.confidence() : response.energy();
    }
  }

  /** Areas of the episodes, by setting and score. */
  private final Map<String, Map<String, List<Double>>> bySetting = new LinkedHashMap<>();

  static String detector(String method, Score score) {
    return score.title + " of " + method;
  }

  /**
   * Adds an episode.
   *
   * @param inScope how many queries, the first, are in scope; the others are not
   */
  void add(Setting setting, String method, Response response, int inScope) {
    for (Score score : Score.values()) {
      float[] scores = score.of(response);
      bySetting
          .computeIfAbsent(setting.title(), title -> new LinkedHashMap<>())
          .computeIfAbsent(detector(method, score), name -> new ArrayList<>())
          .add(
              Auroc.of(
                  Arrays.copyOf(scores, inScope),
                  Arrays.copyOfRange(scores, inScope, scores.length)));
    }
  }

  boolean isEmpty() {
    return bySetting.isEmpty();
  }

  List<String> settings() {
    return List.copyOf(bySetting.keySet());
  }

  List<String> detectors() {
    return bySetting.values().stream().findFirst().map(m -> List.copyOf(m.keySet())).orElseThrow();
  }

  Interval area(String setting, String detector) {
    return Interval.of(
        bySetting.get(setting).get(detector).stream().mapToDouble(Double::doubleValue).toArray());
  }

  double mean(String detector) {
    return settings().stream().mapToDouble(s -> area(s, detector).mean()).average().orElseThrow();
  }
}
