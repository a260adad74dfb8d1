package dev.hyperflow.training.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a report says.
 *
 * @param run what was run
 * @param results accuracy, calibration, trajectories
 * @param outOfScope empty if it was not asked for
 * @param costs empty if no set has labels enough
 * @param batches by bundle, whether heads depend on their batch
 */
record Findings(
    Run run,
    Results results,
    OutOfScope outOfScope,
    List<Cost> costs,
    Map<String, BatchCheck.Outcome> batches) {

  Findings {
    costs = List.copyOf(costs);
  }

  /** The cost of a method in the largest batches that were measured. */
  Optional<Cost> cost(String method) {
    return costs.stream().filter(c -> c.method().equals(method)).reduce((one, two) -> two);
  }
}
