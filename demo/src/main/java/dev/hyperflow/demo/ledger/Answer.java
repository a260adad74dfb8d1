package dev.hyperflow.demo.ledger;

import java.util.Objects;

/**
 * What the application answered to a query.
 *
 * @param queryId the query
 * @param label the adapted head's answer; empty when the tenant had no labels yet
 * @param initialLabel the answer of the head before adaptation, from the same examples at the same
 *     moment; empty when the tenant had no labels yet
 * @param noneOfThese whether it says that the query belongs to none of the labels
 * @param supportEvents how many of the tenant's support events had been applied by then
 */
public record Answer(
    String queryId, String label, String initialLabel, boolean noneOfThese, long supportEvents) {

  /** In place of a label: there was no head to answer with. */
  public static final String NONE = "";

  /** Checks that nothing is missing. */
  public Answer {
    Objects.requireNonNull(queryId, "queryId");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(initialLabel, "initialLabel");
  }

  /** Whether the tenant had a head. */
  public boolean hasHead() {
    return !label.equals(NONE);
  }
}
