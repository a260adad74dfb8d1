package dev.hyperflow.engine.internal.score;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.LabelProbability;
import dev.hyperflow.models.internal.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
   * @param abstainBelow the tenant's own threshold, if it has one
   * @return empty when a logit is not finite
   */
  public Optional<Score> score(
      AdaptedHead head, FeatureVector features, Optional<Float> abstainBelow) {
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
            top.get(0).probability() < abstainBelow.orElse(settings.abstainBelow()),
            head.labels().get(head.initial().argmax(values))));
  }

  /** The most probable first; equal probabilities in the order of the labels' names. */
  private List<LabelProbability> top(List<String> labels, float[] probabilities) {
    int most = Math.min(settings.topK(), probabilities.length);
    List<LabelProbability> top = new ArrayList<>(most);
    boolean[] taken = new boolean[probabilities.length];
    for (int k = 0; k < most; k++) {
      int best = -1;
      for (int i = 0; i < probabilities.length; i++) {
        if (!taken[i] && (best < 0 || probabilities[i] > probabilities[best])) {
          best = i;
        }
      }
      taken[best] = true;
      top.add(new LabelProbability(labels.get(best), probabilities[best]));
    }
    return top;
  }
}
