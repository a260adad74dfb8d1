package dev.hyperflow.engine.internal.integrate;

import java.util.Optional;

/** Where tenants' integration budgets are kept. One caller at a time. */
public interface BudgetStore {

  /** The tenant's budget, if it was ever spent. */
  Optional<IntegrationBudget> budget(String tenant);

  /** Replaces the tenant's budget. */
  void putBudget(String tenant, IntegrationBudget budget);
}
