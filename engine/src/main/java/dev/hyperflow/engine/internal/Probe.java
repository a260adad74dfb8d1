package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.event.AdaptedHead;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.score.Scorer;
import dev.hyperflow.models.internal.Integration;
import dev.hyperflow.models.internal.SupportSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Integrates support sets that no tenant has, many in a call, and scores with their heads. */
final class Probe {
  private static final long MAX_FLOATS_PER_CALL = 1L << 22; // 16 MiB
  private static final int ALL_LABELS = Integer.MAX_VALUE;

  private final AdaptationModel model;
  private final Scorer scorer;

  Probe(AdaptationModel model) {
    this.model = model;
    this.scorer = new Scorer(model.calibration(), new ScoreSettings(ALL_LABELS, 0));
  }

  /** The head of each support set, none where it has no example. */
  List<Optional<AdaptedHead>> heads(List<LabelledExamples> sets) {
    List<Optional<AdaptedHead>> heads = new ArrayList<>(sets.size());
    List<LabelledExamples> call = new ArrayList<>();
    long floats = 0;
    for (LabelledExamples set : sets) {
      call.add(set);
      floats += (long) set.entries().size() * set.meta().dimension();
      if (floats > MAX_FLOATS_PER_CALL) {
        integrate(call, heads);
        call.clear();
        floats = 0;
      }
    }
    integrate(call, heads);
    return heads;
  }

  private void integrate(List<LabelledExamples> sets, List<Optional<AdaptedHead>> into) {
    List<SupportSet> tasks = new ArrayList<>();
    for (LabelledExamples set : sets) {
      if (!set.entries().isEmpty()) {
        tasks.add(set.supportSet());
      }
    }
    List<Integration> integrations = model.integrator().integrate(tasks);
    int next = 0;
    for (LabelledExamples set : sets) {
      into.add(
          set.entries().isEmpty()
              ? Optional.empty()
              : Optional.of(head(set, integrations.get(next++))));
    }
  }

  private AdaptedHead head(LabelledExamples set, Integration integration) {
    return new AdaptedHead(
        model.bundleId(),
        set.meta().fingerprint(),
        set.entries().size(),
        set.labels(),
        integration.initial(),
        integration.adapted());
  }

  /** The probability of every label, best first; empty when a logit is not finite. */
  Map<String, Float> probabilities(AdaptedHead head, FeatureVector features) {
    Map<String, Float> all = new LinkedHashMap<>();
    scorer
        .score(head, features, Optional.empty())
        .ifPresent(
            score -> score.topLabels().forEach(top -> all.put(top.label(), top.probability())));
    return all;
  }
}
