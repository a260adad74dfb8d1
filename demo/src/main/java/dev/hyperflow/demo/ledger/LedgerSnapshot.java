package dev.hyperflow.demo.ledger;

import java.util.List;

/**
 * The whole demo at one moment.
 *
 * @param tenants in the order they join
 * @param deadLetters what was refused
 * @param duplicates answers beyond the first of their query
 * @param unknown answers to queries that nobody sent
 */
public record LedgerSnapshot(
    List<TenantTally> tenants, DeadLetterSnapshot deadLetters, int duplicates, int unknown) {

  /** Copies the list. */
  public LedgerSnapshot {
    tenants = List.copyOf(tenants);
  }

  /** Queries sent. */
  public int queries() {
    return tenants.stream().mapToInt(t -> t.counts().queries()).sum();
  }

  /** Queries answered at least once. */
  public int answered() {
    return tenants.stream().mapToInt(t -> t.counts().answered()).sum();
  }

  /** Queries that were said to belong to none of their tenant's labels. */
  public int noneOfThese() {
    return tenants.stream().mapToInt(t -> t.counts().noneOfThese()).sum();
  }

  /** Examples sent. */
  public int examples() {
    return tenants.stream().mapToInt(t -> t.counts().examples()).sum();
  }

  /** All records sent: examples, queries and broken ones. */
  public int events() {
    return queries() + examples() + deadLetters.expected();
  }

  /** Accuracy over all judged queries of all tenants. */
  public Accuracy total() {
    return tenants.stream().map(TenantTally::total).reduce(Accuracy.NONE, Accuracy::plus);
  }

  /** Whether everything that was sent has come back in some form. */
  public boolean isSettled() {
    return answered() == queries() && deadLetters.matched() == deadLetters.expected();
  }
}
