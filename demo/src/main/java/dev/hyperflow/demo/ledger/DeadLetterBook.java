package dev.hyperflow.demo.ledger;

import dev.hyperflow.demo.scenario.ScenarioStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Matches dead letters with the records that were broken on purpose, by source coordinates. A dead
 * letter may be seen before its record is known to be broken. Not thread-safe.
 */
final class DeadLetterBook {

  private final Map<Coordinates, ScenarioStep.Broken> broken = new HashMap<>();
  private final Map<Coordinates, Integer> seen = new HashMap<>();
  private final Map<Coordinates, String> reasons = new HashMap<>();

  void brokenSent(ScenarioStep.Broken step, Coordinates where) {
    broken.put(where, step);
  }

  void seen(Coordinates source, String reason) {
    seen.merge(source, 1, Integer::sum);
    reasons.put(source, reason);
  }

  DeadLetterSnapshot snapshot() {
    Map<String, Integer> byReason = new TreeMap<>();
    int total = 0;
    int unexpected = 0;
    String firstUnexpected = "";
    for (Map.Entry<Coordinates, Integer> entry : seen.entrySet()) {
      String reason = reasons.get(entry.getKey());
      byReason.merge(reason, entry.getValue(), Integer::sum);
      total += entry.getValue();
      if (!broken.containsKey(entry.getKey())) {
        unexpected++;
        firstUnexpected = reason + " of " + entry.getKey();
      }
    }
    return new DeadLetterSnapshot(
        broken.size(),
        (int) broken.keySet().stream().filter(seen::containsKey).count(),
        total - seen.size(),
        unexpected,
        firstUnexpected,
        misjudged(),
        byReason);
  }

  private List<String> misjudged() {
    return broken.entrySet().stream()
        .filter(entry -> seen.containsKey(entry.getKey()))
        .filter(entry -> !entry.getValue().breakage().reason().equals(reasons.get(entry.getKey())))
        .map(
            entry ->
                entry.getKey()
                    + ": expected reason "
                    + entry.getValue().breakage().reason()
                    + ", found "
                    + reasons.get(entry.getKey()))
        .sorted()
        .toList();
  }
}
