package dev.hyperflow.engine.internal.score;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.LabelProbability;
import dev.hyperflow.models.internal.Calibration;
import dev.hyperflow.models.internal.Check;
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
    float[] logits = new float[head.labels().size()];
    features.logits(head.adapted(), logits);
    float[] initial = new float[logits.length];
    features.logits(head.initial(), initial);
    if (!Check.finite(logits) || (calibration.scope().isPresent() && !Check.finite(initial))) {
      return Optional.empty();
    }
    Optional<Float> scope =
        calibration.scope().map(score -> score.probability(initial, head.examples()));
    boolean noneOfThese = scope.isPresent() && scope.get() < settings.noneBelow();
    float[] probabilities = new float[logits.length];
    calibration.probabilities(logits, head.examples(), probabilities);
    List<LabelProbability> top = top(head.labels(), probabilities);
    return Optional.of(
        new Score(
            top,
            noneOfThese || top.get(0).probability() < abstainBelow.orElse(settings.abstainBelow()),
            scope,
            noneOfThese,
            head.labels().get(largest(initial))));
  }

  /** The first of the largest, as {@link dev.hyperflow.models.Head#argmax} finds it. */
  private static int largest(float[] logits) {
    int best = 0;
    float bestLogit = Float.NEGATIVE_INFINITY;
    for (int n = 0; n < logits.length; n++) {
      if (logits[n] > bestLogit) {
        best = n;
        bestLogit = logits[n];
      }
    }
    return best;
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
