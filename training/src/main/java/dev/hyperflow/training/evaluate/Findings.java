package dev.hyperflow.training.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a report says.
 *
 * @param run what was run
 * @param results accuracy and calibration
 * @param outOfScope empty if it was not asked for
 * @param aims empty unless bundles are held against the project's aims
 */
record Findings(RunNotes run, Results results, OutOfScope outOfScope, Optional<Aims> aims) {

  /**
   * What the project's aims ask besides accuracy.
   *
   * @param costs empty if no set has labels enough
   * @param batches by bundle, whether heads depend on their batch
   */
  record Aims(List<CostMeter.Cost> costs, Map<String, BatchCheck.Outcome> batches) {

    Aims {
      costs = List.copyOf(costs);
      batches = Map.copyOf(batches);
    }

    /** Milliseconds that a head of a method takes, in the largest batches that were measured. */
    double millis(String method) {
      return costs.stream()
          .filter(cost -> cost.method().equals(method))
          .reduce((one, two) -> two)
          .orElseThrow()
          .millis();
    }
  }
}
