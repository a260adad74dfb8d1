package dev.hyperflow.demo.ledger;

import java.util.List;
import java.util.Map;

/**
 * Dead letters at one moment.
 *
 * @param expected records broken on purpose so far
 * @param matched of these, found among the dead letters
 * @param repeated dead letters beyond the first of their record
 * @param unexpected records among the dead letters that were not broken on purpose
 * @param anUnexpected one of these, for the error message; empty when there is none
 * @param misjudged one line for each broken record that was refused for another reason
 * @param byReason all dead letters, counted by reason code
 */
public record DeadLetterSnapshot(
    int expected,
    int matched,
    int repeated,
    int unexpected,
    String anUnexpected,
    List<String> misjudged,
    Map<String, Integer> byReason) {

  /** Copies list and map. */
  public DeadLetterSnapshot {
    misjudged = List.copyOf(misjudged);
    byReason = Map.copyOf(byReason);
  }

  /** Number of dead letters. */
  public int total() {
    return byReason.values().stream().mapToInt(Integer::intValue).sum();
  }
}
