package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Predicts each example of a support set with a head that was integrated without it: k folds,
 * stratified by label. A pure function of (support set, bundle). Thread-safe as far as the model
 * is.
 */
public final class CrossValidation {
  // The examples of a label are dealt to the folds in canonical order. One that is alone with its
  // label is not tested, as no head without it knows the label; it stays in all heads.

  /** Number of folds. A label with fewer examples is held out in fewer of them. */
  public static final int FOLDS = 5;

  private static final int NOT_TESTED = -1;

  private final Probe probe;

  /** Validates the heads that {@code model} makes. */
  public CrossValidation(AdaptationModel model) {
    this.probe = new Probe(model);
  }

  /**
   * One example's test.
   *
   * @param label its true label
   * @param probabilities the probability of every label of the head, best first, at least one
   */
  public record Test(String label, Map<String, Float> probabilities) {}

  /**
   * The tests of all examples that share their label with another one.
   *
   * @throws dev.hyperflow.models.ModelException if the model fails
   */
  public List<Test> of(LabelledExamples support) {
    int[] folds = deal(support);
    List<LabelledExamples> sets = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      int held = fold;
      sets.add(support.where(place -> folds[place] != held));
    }
    List<Optional<AdaptedHead>> heads = probe.heads(sets);
    List<Test> tests = new ArrayList<>();
    for (int i = 0; i < folds.length; i++) {
      if (folds[i] == NOT_TESTED) {
        continue;
      }
      LabelledExamples.Entry entry = support.entries().get(i);
      FeatureVector features = entry.example().features();
      Map<String, Float> probabilities =
          probe.probabilities(heads.get(folds[i]).orElseThrow(), features);
      if (!probabilities.isEmpty()) {
        tests.add(new Test(support.labels().get(entry.row()), probabilities));
      }
    }
    return tests;
  }

  private static int[] deal(LabelledExamples support) {
    int[] ofLabel = new int[support.labels().size()];
    support.entries().forEach(entry -> ofLabel[entry.row()]++);
    int[] dealt = new int[support.labels().size()];
    int[] folds = new int[support.entries().size()];
    for (int i = 0; i < folds.length; i++) {
      int row = support.entries().get(i).row();
      folds[i] = ofLabel[row] < 2 ? NOT_TESTED : dealt[row]++ % FOLDS;
    }
    return folds;
  }
}
