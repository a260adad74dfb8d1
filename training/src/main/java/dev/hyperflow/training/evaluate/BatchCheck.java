package dev.hyperflow.training.evaluate;

import dev.hyperflow.models.Head;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.training.data.LabelledFeatures;
import dev.hyperflow.training.data.Setting;
import dev.hyperflow.training.data.SettingSampler;
import java.util.ArrayList;
import java.util.List;

/** Whether a bundle's heads depend on what else is in the call. */
final class BatchCheck {

  private static final int EPISODES = 5;

  private BatchCheck() {}

  /**
   * Outcome.
   *
   * @param heads how many were compared
   * @param equal how many were the same bits alone and among all the others
   */
  record Outcome(int heads, int equal) {}

  static Outcome run(Candidate candidate, List<LabelledFeatures> sets, EvaluationPlan plan) {
    Bundle bundle = candidate.bundle();
    List<SupportSet> tasks = new ArrayList<>();
    for (LabelledFeatures set : sets) {
      for (Setting setting : plan.settings()) {
        SettingSampler sampler = new SettingSampler(setting, 1, plan.seed());
        for (int number = 0; number < Math.min(EPISODES, plan.episodes(setting)); number++) {
          int dimension = candidate.dimension(set.dimension());
          tasks.add(sampler.sample(set, number).first(dimension).supportSet());
        }
      }
    }
    List<Head> together =
        bundle.integrator().integrate(tasks).stream().map(done -> done.adapted()).toList();
    int equal = 0;
    for (int i = 0; i < tasks.size(); i++) {
      Head alone = bundle.integrator().integrate(List.of(tasks.get(i))).get(0).adapted();
      equal += alone.equals(together.get(i)) ? 1 : 0;
    }
    return new Outcome(tasks.size(), equal);
  }
}
