package dev.hyperflow.engine.score;

import dev.hyperflow.engine.event.AdaptedHead;
import dev.hyperflow.engine.event.FeatureVector;
import dev.hyperflow.engine.event.LabelProbability;
import dev.hyperflow.models.Calibration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Scores features with a tenant's head. Immutable and thread-safe. */
public final class Scorer {
  private final Calibration calibration;
  private final ScoreSettings settings;

  public Scorer(Calibration calibration, ScoreSettings settings) {
    this.calibration = calibration;
    this.settings = settings;
  }

  /**
   * The score of {@code features}; {@code head} has at least one label.
   *
   * @return empty when a logit is not finite
   */
  public Optional<Score> score(AdaptedHead head, FeatureVector features) {
    float[] values = features.toArray();
    float[] logits = new float[head.labels().size()];
    head.adapted().logits(values, logits);
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        return Optional.empty();
      }
    }
    float[] probabilities = new float[logits.length];
    calibration.probabilities(logits, probabilities);
    List<LabelProbability> top = top(head.labels(), probabilities);
    return Optional.of(
        new Score(
            top,
            top.get(0).probability() < settings.abstainBelow(),
            head.labels().get(head.initial().argmax(values))));
  }

  /** The most probable first; equal probabilities in the order of the labels' names. */
  private List<LabelProbability> top(List<String> labels, float[] probabilities) {
    List<LabelProbability> top = new ArrayList<>();
    IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -probabilities[i]))
        .limit(settings.topK())
        .forEach(i -> top.add(new LabelProbability(labels.get(i), probabilities[i])));
    return top;
  }
}
