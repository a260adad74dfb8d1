package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.Engine;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What all engines are to come to.
 *
 * @param version grows with every plan
 * @param serving the model that is to serve
 * @param shadow the model that is to answer beside it
 */
record RolloutPlan(long version, AdaptationModel serving, Optional<AdaptationModel> shadow) {

  /** The bundles that are in use once it is followed. */
  Set<String> bundleIds() {
    Set<String> ids = new HashSet<>();
    ids.add(serving.bundleId());
    shadow.ifPresent(model -> ids.add(model.bundleId()));
    return ids;
  }

  /** Sets an engine on the way, whatever it was about. */
  void applyTo(Engine engine) {
    if (!engine.servingBundle().equals(serving.bundleId())) {
      engine.rollOut(serving);
    } else if (shadow.isPresent()) {
      engine.shadow(shadow.get());
    } else if (engine.bundlesInUse().size() > 1) {
      engine.rollBack();
    }
  }
}
