package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.report.Auroc;
import dev.hyperflow.training.report.Interval;
import dev.hyperflow.training.report.Reliability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How well scores tell texts of a task's labels from texts that belong to none. It is the area
 * under the ROC curve of each episode, and of all together.
 */
final class OutOfScope {

  enum Score {
    /** The probability of the chosen label. */
    MAX_SOFTMAX("max softmax"),
    /** T · log Σ exp(logit ÷ T). */
    ENERGY("energy"),
    /** The probability that a bundle gives a text to belong to a label. */
    SCOPE("scope");

    private final String title;

    Score(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    private float[] of(Response response) {
      return switch (this) {
        case MAX_SOFTMAX -> response.confidence();
        case ENERGY -> response.energy();
        case SCOPE -> response.scope();
      };
    }
  }

  /** What one detector said in one setting. */
  private static final class Outcome {
    private final List<Double> areas = new ArrayList<>();
    private final Reliability reliability = new Reliability();
  }

  /** The scores of one detector in all episodes of all settings. */
  private static final class Pool {
    private final List<float[]> inside = new ArrayList<>();
    private final List<float[]> outside = new ArrayList<>();

    private static float[] joined(List<float[]> scores) {
      float[] all = new float[scores.stream().mapToInt(each -> each.length).sum()];
      int next = 0;
      for (float[] each : scores) {
        System.arraycopy(each, 0, all, next, each.length);
        next += each.length;
      }
      return all;
    }
  }

  /** By setting and detector. */
  private final Map<String, Map<String, Outcome>> bySetting = new LinkedHashMap<>();

  private final Map<String, Pool> pools = new LinkedHashMap<>();

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
      if (scores.length == 0) {
        continue;
      }
      String detector = detector(method, score);
      Outcome outcome =
          bySetting
              .computeIfAbsent(setting.title(), title -> new LinkedHashMap<>())
              .computeIfAbsent(detector, name -> new Outcome());
      float[] inside = Arrays.copyOf(scores, inScope);
      float[] outside = Arrays.copyOfRange(scores, inScope, scores.length);
      outcome.areas.add(Auroc.of(inside, outside));
      if (score == Score.SCOPE) {
        judge(outcome.reliability, inside, true);
        judge(outcome.reliability, outside, false);
      }
      Pool pool = pools.computeIfAbsent(detector, name -> new Pool());
      pool.inside.add(inside);
      pool.outside.add(outside);
    }
  }

  /** Texts in scope weigh as much as those out of scope. */
  private static void judge(Reliability reliability, float[] probabilities, boolean inScope) {
    for (float probability : probabilities) {
      reliability.add(probability, inScope, 1.0 / probabilities.length);
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

  boolean has(String detector) {
    return pools.containsKey(detector);
  }

  Interval area(String setting, String detector) {
    return Interval.of(
        bySetting.get(setting).get(detector).areas.stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /** The area over the texts of all episodes and settings, as one threshold for all meets them. */
  double pooledArea(String detector) {
    Pool pool = pools.get(detector);
    return Auroc.of(Pool.joined(pool.inside), Pool.joined(pool.outside));
  }

  /** Expected calibration error of a probability; empty for scores that are none. */
  OptionalDouble calibrationError(String setting, String detector) {
    Reliability reliability = bySetting.get(setting).get(detector).reliability;
    return reliability.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(reliability.expectedCalibrationError());
  }

  double mean(String detector) {
    return settings().stream().mapToDouble(s -> area(s, detector).mean()).average().orElseThrow();
  }
}
