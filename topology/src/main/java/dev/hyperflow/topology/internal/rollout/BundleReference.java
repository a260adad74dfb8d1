package dev.hyperflow.topology.internal.rollout;

import java.util.Optional;

/**
 * Where a bundle is, and which one it must be.
 *
 * @param location in the form of the setting {@code bundle}
 * @param bundleId the id it must have; empty for any
 */
record BundleReference(String location, Optional<String> bundleId) {

  /** Any bundle at a location. */
  public static BundleReference at(String location) {
    return new BundleReference(location, Optional.empty());
  }

  /** The same place, and an id that the bundle must have. */
  BundleReference withId(String id) {
    return new BundleReference(location, Optional.of(id));
  }

  /** Whether another id is demanded than that one. */
  boolean refuses(String id) {
    return bundleId.isPresent() && !bundleId.get().equals(id);
  }
}
