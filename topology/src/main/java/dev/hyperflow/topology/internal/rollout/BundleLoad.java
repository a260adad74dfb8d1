package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.Optional;

/** Loads bundles and checks that they fit the application. */
@FunctionalInterface
public interface BundleLoad {

  /**
   * Loads a bundle, which the caller closes.
   *
   * @param location in the form of the setting {@code bundle}
   * @param withEncoder whether the encoder is loaded as well
   * @throws BundleException in one line, when it cannot be used
   */
  Bundle load(String location, boolean withEncoder);

  /** Why no bundle with another encoder can follow, in words that end a sentence, if none can. */
  default Optional<String> whyNoOtherEncoder() {
    return Optional.empty();
  }

  /** The model of a loaded bundle as it is to be used, for example with its calls timed. */
  default AdaptationModel watched(AdaptationModel model) {
    return model;
  }
}
