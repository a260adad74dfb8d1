package dev.hyperflow.demo.view;

import java.util.Optional;

/**
 * A tenant's accuracy as the application measures it and as the page shows it.
 *
 * @param labels number of labels that were predicted before they were learned
 * @param before accuracy of the unadapted head on them, 0 to 1; empty when they are too few
 * @param after accuracy of the adapted head, likewise
 */
public record LiveAccuracy(long labels, Optional<Double> before, Optional<Double> after) {

  /** Nothing was measured. */
  public static final LiveAccuracy NONE = new LiveAccuracy(0, Optional.empty(), Optional.empty());
}
