package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.integrate.BundleHeads;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.score.Scorer;

/**
 * A model with its heads.
 *
 * @param model the model
 * @param heads the heads it made, and those it is to make
 * @param scorer scores with its calibration
 */
record Lane(AdaptationModel model, BundleHeads heads, Scorer scorer) {

  static Lane of(
      AdaptationModel model, SupportMemory memory, HeadStore heads, ScoreSettings score) {
    return new Lane(
        model,
        new BundleHeads(model.bundleId(), model.integrator(), heads, memory),
        new Scorer(model.calibration(), score));
  }
}
