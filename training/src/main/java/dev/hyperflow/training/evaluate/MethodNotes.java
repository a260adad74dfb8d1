package dev.hyperflow.training.evaluate;

import dev.hyperflow.training.peers.CrossValidatedRegression;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a reader must know to repeat the figures. */
final class MethodNotes {

  private MethodNotes() {}

  static List<String> of(Findings findings) {
    RunNotes run = findings.run();
    List<String> methods = findings.results().methods();
    List<String> notes = new ArrayList<>();
    notes.add(
        ("Episodes: labels and texts are drawn at random. Queries are other texts, at most %d a"
                + " label. A label with few texts gives fewer examples and keeps a third of its"
                + " texts for queries. A label with one text takes no part. Every method plays the"
                + " same episodes. The encoder is %s.")
            .formatted(run.plan().queries(), run.encoder()));
    notes.add(
        "Intervals: 1.96 standard errors over episodes. The interval of a mean over sets says how"
            + " well these very sets are known, not what other sets would give.");
    notes.add(
        "Prototypes: the label whose mean is nearest. Every trajectory starts there, up to scale.");
    if (methods.contains(Peer.NEAREST_NEIGHBOUR)) {
      notes.add("Nearest neighbour: the label of the nearest example.");
    }
    if (methods.contains(Peer.tuned(Peer.MAIN_TUNING))) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Gradient descent: full batch on the mean cross-entropy of the examples. It starts"
                  + " from prototypes scaled by %.0f and keeps the rate %.0f. Both were chosen on"
                  + " `stackoverflow20`, `goemotions27` and `snips`, for the best mean accuracy"
                  + " after 100 steps.",
              Peer.TUNING.scale(),
              Peer.TUNING.rate()));
    }
    notes.add(
        "LR: multinomial logistic regression by L-BFGS. It minimises C · Σ cross-entropy + ½‖W‖²,"
            + " without a penalty on intercepts, as scikit-learn does.");
    if (methods.contains(Peer.LR_CV)) {
      notes.add(
          "LR cross-validated: C of "
              + CrossValidatedRegression.CANDIDATES
              + " by accuracy in five stratified folds of the examples, or 1 where no label has"
              + " two.");
    }
    if (!findings.outOfScope().isEmpty()) {
      notes.add(
          "Out of scope: max softmax is the probability of the answer. Energy is T · log Σ"
              + " exp(logit ÷ T) (Liu et al. 2020, arXiv 2010.03759). Scope is the probability that"
              + " predictions carry. It is fitted on the energy of the initial head.");
    }
    return notes;
  }
}
