package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.peers.CrossValidation;
import java.util.List;
import java.util.Locale;

/** What a reader must know to repeat the figures. */
final class MethodNotes {

  private MethodNotes() {}

  static List<String> of(EvaluationPlan plan) {
    return List.of(
        "Episodes. Labels and texts are drawn at random, seed %d; queries are other texts, up to %d a label. A set with fewer labels gives all it has, a label with too few texts fewer examples, so that a third of its texts is left for queries; labels with one text take no part."
            .formatted(plan.seed(), plan.queries()),
        "Prototypes: the label whose mean is nearest, the start of every trajectory up to scale. Nearest neighbour: the label of the nearest example.",
        String.format(
            Locale.ROOT,
            "Gradient descent: full batch on the mean cross-entropy of the support set, from prototypes scaled by %.0f, at the constant rate %.0f; both were chosen for the best mean accuracy after 100 steps on 10 to 20 episodes each of `stackoverflow20`, `goemotions27` and `snips` (5-way 5-shot, 20-way 5-shot, 20-way 15-shot).",
            Peer.TUNING.scale(),
            Peer.TUNING.rate()),
        "LR: multinomial logistic regression, C · Σ cross-entropy + ½‖W‖², intercepts unpenalised (scikit-learn's convention, and its coefficients at 1e-5), by L-BFGS. Cross-validated: C of "
            + CrossValidation.candidates()
            + " by accuracy in five stratified folds of the support set; 1 where no label has two examples.",
        "Intervals are 1.96 standard errors over episodes; differences are taken episode by episode. Max softmax is the probability of the answer, energy is T · log Σ exp(logit ÷ T) (Liu et al. 2020, arXiv 2010.03759).");
  }
}
