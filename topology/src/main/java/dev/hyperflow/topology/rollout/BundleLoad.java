package dev.hyperflow.topology.rollout;

import dev.hyperflow.models.Bundle;
import dev.hyperflow.models.BundleException;

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
}
